import { LEASE_SECONDS, type TakeLeaseAnswer, type TakeLeaseRequest } from '../../shared/registry/index.ts';
import { unfitUser } from '../commands/command-context.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import type { Sql } from '../store/database.ts';
import { isRevoked, type Workstation } from '../workstations/workstation.ts';
import { after, changeVersion, endLeases, instantOf, isInForce, leaseOf, toLease, type LeaseRow } from './lease-row.ts';

/**
 * Gives a filing to a person at a desk, or renews what the desk has. What another desk has is refused; when it is only set aside there, that
 * desk is asked to let go of it.
 */
export function takeLease(registry: Registry, workstation: Workstation, request: TakeLeaseRequest): Promise<Outcome<TakeLeaseAnswer>> {
  return registry.db.transaction(async (sql) => {
    await lockCourt(sql, workstation.court);
    if (await isRevoked(sql, workstation)) return refuse('workstation-revoked');
    const unfit = await unfitUser(sql, workstation.court, request.holderId, ['secretary', 'office-head']);
    if (unfit !== null) return refuse(unfit);
    const [filing] = await sql.query<{ open: boolean }>('SELECT incoming_number IS NULL AS open FROM filing WHERE id = $1 AND court = $2', [
      request.filingId,
      workstation.court,
    ]);
    if (!filing) return refuse('not-found');
    if (!filing.open) return refuse('already-registered');

    const now = instantOf(registry.clock());
    const found = await leaseOf(sql, request.filingId);
    const held = found && isInForce(found, now) ? found : null;
    if (held && held.workstation !== workstation.id) {
      await askFor(sql, workstation.court, held);
      return refuse('lease-held');
    }
    if (found && !held) await endLeases(sql, workstation.court, [found.id], 'expired', now);
    const row = held ? await renew(sql, workstation, held, request, now) : await grant(registry, sql, workstation, request, now);
    return done({ time: now, lease: toLease(row) });
  });
}

/** Nobody works on it there: the desk lets go of it at its next word. */
export async function askFor(sql: Sql, court: string, held: LeaseRow): Promise<void> {
  if (held.wanted || held.holder !== null) return;
  await sql.query('UPDATE filing_lease SET wanted = true WHERE id = $1', [held.id]);
  await changeVersion(sql, court);
}

const workEnd = (now: string, keep: boolean) => after(now, keep ? LEASE_SECONDS.keep : LEASE_SECONDS.look);

async function renew(
  sql: Sql,
  { court }: Workstation,
  held: LeaseRow,
  { holderId, keep }: TakeLeaseRequest,
  now: string,
): Promise<LeaseRow> {
  const kept = keep || (held.kept && held.holder === holderId);
  const end = workEnd(now, kept);
  const work_until = held.holder === holderId && held.work_until !== null && held.work_until > end ? held.work_until : end;
  await sql.query('UPDATE filing_lease SET holder = $2, kept = $3, work_until = $4 WHERE id = $1', [held.id, holderId, kept, work_until]);
  if (held.holder !== holderId) await recordTaking(sql, court, held.id, holderId, now);
  else await changeVersion(sql, court);
  return { ...held, holder: holderId, kept, work_until };
}

async function grant(
  registry: Registry,
  sql: Sql,
  { id: workstation, court }: Workstation,
  { filingId: filing, holderId: holder, keep: kept }: TakeLeaseRequest,
  now: string,
): Promise<LeaseRow> {
  const id = registry.newId();
  const work_until = workEnd(now, kept);
  await sql.query(
    `INSERT INTO filing_lease (id, court, filing, workstation, reserved, holder, kept, work_until, taken_at)
     VALUES ($1, $2, $3, $4, false, $5, $6, $7, $8)`,
    [id, court, filing, workstation, holder, kept, work_until, now],
  );
  await recordTaking(sql, court, id, holder, now);
  return { id, filing, workstation, reserved: false, holder, kept, work_until, reserve_until: null, taken_at: now, wanted: false };
}

async function recordTaking(sql: Sql, court: string, lease: string, holder: string, at: string): Promise<void> {
  await sql.query("INSERT INTO lease_event (court, lease, event, by_user, at) VALUES ($1, $2, 'taken', $3, $4)", [
    court,
    lease,
    holder,
    at,
  ]);
  await changeVersion(sql, court);
}

/** Command `lease.take-over`: ends the lease of another desk, with the reason, and gives the filing to the head's desk. */
export async function giveTo(
  registry: Registry,
  sql: Sql,
  workstation: Workstation,
  taker: { readonly user: string; readonly reason: string },
  filing: string,
): Promise<LeaseRow | 'not-held'> {
  const now = instantOf(registry.clock());
  const found = await leaseOf(sql, filing);
  if (!found || !isInForce(found, now) || found.workstation === workstation.id) return 'not-held';
  await endLeases(sql, workstation.court, [found.id], 'taken-over', now, taker);
  await grant(registry, sql, workstation, { filingId: filing, holderId: taker.user, keep: true }, now);
  return found;
}
