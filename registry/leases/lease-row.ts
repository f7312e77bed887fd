import type { Lease } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

/** A lease that has not been ended, with the moments that say whether it is still in force. */
export type LeaseRow = {
  id: string;
  filing: string;
  workstation: string;
  reserved: boolean;
  holder: string | null;
  kept: boolean;
  work_until: string | null;
  reserve_until: string | null;
  taken_at: string;
  wanted: boolean;
};
export type LeaseEnd = 'released' | 'registered' | 'taken-over' | 'expired' | 'revoked';

/** Every query on leases reads these columns, from `filing_lease l JOIN workstation w`. */
export const LEASE_COLUMNS =
  'l.id, l.filing, l.workstation, l.reserved, l.holder, l.kept, l.work_until, l.taken_at, l.wanted, CASE WHEN l.reserved THEN w.reserve_until END AS reserve_until';
export const LEASE_TABLES = 'filing_lease l JOIN workstation w ON w.id = l.workstation';

/** When a lease ends unless it is renewed; instants of the registry are of one form and compare as texts. */
export function endOf(row: Pick<LeaseRow, 'work_until' | 'reserve_until'>): string {
  const [work, reserve] = [row.work_until ?? '', row.reserve_until ?? ''];
  return work > reserve ? work : reserve;
}
export const isInForce = (row: LeaseRow, now: string): boolean => endOf(row) > now;

export const toLease = (row: LeaseRow): Lease => ({
  id: row.id,
  filingId: row.filing,
  workstationId: row.workstation,
  holderId: row.holder,
  reserved: row.reserved,
  takenAt: row.taken_at,
  workUntil: row.work_until,
  until: endOf(row),
});

/** The registry's own time in the one form in which leases keep it, and a moment after it. */
export const instantOf = (clock: string): string => new Date(clock).toISOString();
export const after = (now: string, seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();

/** The lease of a filing that has not been ended, whether or not its time has run out. The court must be locked. */
export async function leaseOf(sql: Sql, filing: string): Promise<LeaseRow | null> {
  const [row] = await sql.query<LeaseRow>(`SELECT ${LEASE_COLUMNS} FROM ${LEASE_TABLES} WHERE l.filing = $1 AND l.ended_at IS NULL`, [
    filing,
  ]);
  return row ?? null;
}

/** Ends leases for good and says why. */
export async function endLeases(
  sql: Sql,
  court: string,
  ids: readonly string[],
  how: LeaseEnd,
  at: string,
  by: { readonly user: string; readonly reason: string } | null = null,
): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `WITH ended AS (
       UPDATE filing_lease SET ended_at = $3, ended_how = $4 WHERE id = ANY($2::uuid[]) AND ended_at IS NULL RETURNING id)
     INSERT INTO lease_event (court, lease, event, by_user, reason, at) SELECT $1, id, $4, $5, $6, $3 FROM ended`,
    [court, ids, at, how, by?.user ?? null, by?.reason ?? null],
  );
  await changeVersion(sql, court);
}

/** Lets the desks of a court know that their list of leases is old. */
export async function changeVersion(sql: Sql, court: string): Promise<void> {
  await sql.query('UPDATE court SET lease_version = lease_version + 1 WHERE code = $1', [court]);
}
