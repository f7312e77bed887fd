import { LEASE_SECONDS, type KeepLeasesAnswer, type KeepLeasesRequest } from '../../shared/registry/index.ts';
import { shareFilings } from '../assignments/share-filings.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single, type Sql } from '../store/database.ts';
import { isRevoked, type Workstation } from '../workstations/workstation.ts';
import { after, changeVersion, endLeases, instantOf, isInForce, LEASE_COLUMNS, LEASE_TABLES, toLease, type LeaseRow } from './lease-row.ts';
import { setAside } from './set-aside.ts';

/** A desk that spoke this recently counts as seen; writing it down more often would tell nobody more. */
const SEEN_SECONDS = 20;

/** A desk's regular word: renews what is open there, ends what is closed, sets filings aside, and tells who has what in the court. */
export function keepLeases(registry: Registry, workstation: Workstation, request: KeepLeasesRequest): Promise<Outcome<KeepLeasesAnswer>> {
  return registry.db.transaction(async (sql) => {
    await lockCourt(sql, workstation.court);
    if (await isRevoked(sql, workstation)) return refuse('workstation-revoked');
    const now = instantOf(registry.clock());
    await noteSeen(sql, workstation, now);
    await endOwn(sql, workstation, request.giveBack, now);
    await closeWork(sql, workstation, request.release, now);
    const renewed = await sql.query(
      `UPDATE filing_lease SET work_until = greatest(work_until, CASE WHEN kept THEN $3 ELSE $4 END)
       WHERE id = ANY($1::uuid[]) AND workstation = $2 AND ended_at IS NULL AND holder IS NOT NULL RETURNING id`,
      [request.renew, workstation.id, after(now, LEASE_SECONDS.keep), after(now, LEASE_SECONDS.look)],
    );
    if (renewed.length > 0) await changeVersion(sql, workstation.court);
    const aside = await setAside(registry, sql, workstation, request.reserve, now);

    // an absence may have ended with the day, or work that was not taken up
    await shareFilings(sql, { court: workstation.court, now, newId: registry.newId });

    const version = single(await sql.query<{ v: number }>('SELECT lease_version AS v FROM court WHERE code = $1', [workstation.court])).v;
    const leases = version === request.known ? null : (await openLeases(sql, workstation.court)).filter((row) => isInForce(row, now));
    const desks = await sql.query<KeepLeasesAnswer['desks'][number]>(
      'SELECT id, name, seen_at AS "seenAt" FROM workstation WHERE court = $1 AND revoked_at IS NULL ORDER BY enrolled_at, id',
      [workstation.court],
    );
    return done({
      time: now,
      version,
      alone: aside.alone,
      reserveUntil: aside.until,
      leases: leases?.map(toLease) ?? null,
      wanted: aside.wanted,
      desks,
    });
  });
}

async function noteSeen(sql: Sql, { id }: Workstation, now: string): Promise<void> {
  await sql.query('UPDATE workstation SET seen_at = $2 WHERE id = $1 AND (seen_at IS NULL OR seen_at <= $3)', [
    id,
    now,
    after(now, -SEEN_SECONDS),
  ]);
}

async function endOwn(sql: Sql, { id, court }: Workstation, ids: readonly string[], now: string): Promise<void> {
  if (ids.length === 0) return;
  const own = await sql.query<{ id: string }>(
    'SELECT id FROM filing_lease WHERE id = ANY($1::uuid[]) AND workstation = $2 AND ended_at IS NULL',
    [ids, id],
  );
  await endLeases(
    sql,
    court,
    own.map((row) => row.id),
    'released',
    now,
  );
}

/** The work is over; what is set aside for the desk stays with it. */
async function closeWork(sql: Sql, workstation: Workstation, ids: readonly string[], now: string): Promise<void> {
  if (ids.length === 0) return;
  const kept = await sql.query<{ id: string }>(
    `UPDATE filing_lease SET holder = NULL, work_until = NULL, kept = false
     WHERE id = ANY($1::uuid[]) AND workstation = $2 AND ended_at IS NULL AND reserved AND holder IS NOT NULL RETURNING id`,
    [ids, workstation.id],
  );
  if (kept.length > 0) await changeVersion(sql, workstation.court);
  const still = await sql.query<{ id: string }>(
    'SELECT id FROM filing_lease WHERE id = ANY($1::uuid[]) AND workstation = $2 AND ended_at IS NULL AND NOT reserved',
    [ids, workstation.id],
  );
  await endLeases(
    sql,
    workstation.court,
    still.map((row) => row.id),
    'released',
    now,
  );
}

function openLeases(sql: Sql, court: string): Promise<LeaseRow[]> {
  return sql.query<LeaseRow>(
    `SELECT ${LEASE_COLUMNS} FROM ${LEASE_TABLES} WHERE l.court = $1 AND l.ended_at IS NULL ORDER BY l.taken_at, l.id`,
    [court],
  );
}
