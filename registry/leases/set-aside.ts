import { LEASE_SECONDS, RESERVE_LIMITS, type KeepLeasesRequest } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { single, type Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { after, changeVersion, endLeases } from './lease-row.ts';

/** The end of what is set aside is written down again only when it has moved by this much. */
const RESERVE_STEP_SECONDS = 600;
/** A desk that was silent for longer has no share in what comes in. */
const ACTIVE_SECONDS = 24 * 3600;

/** What a desk let go of because somebody waited for it is not set aside for it again at once. */
const HANDED_OVER_SECONDS = 120;

type Aside = { readonly alone: boolean; readonly until: string | null; readonly wanted: string[] };

/**
 * Sets filings aside for a desk, oldest first, so that it can go on without a line: all of them for the only desk of a court, else its even
 * share. What is more than the share is asked back, and a desk without its share makes the others be asked. The court must be locked.
 */
export async function setAside(
  registry: Registry,
  sql: Sql,
  workstation: Workstation,
  { count, onlyAlone }: KeepLeasesRequest['reserve'],
  now: string,
): Promise<Aside> {
  await endRunOut(sql, workstation, now);
  const { alone, active, open } = await countCourt(sql, workstation, now);
  const share = alone ? count : onlyAlone ? 0 : Math.min(count, RESERVE_LIMITS.shared, Math.ceil(open / active));
  const held = await countReserved(sql, workstation);
  const until = share > 0 || held > 0 ? await extend(sql, workstation, share > 0, now) : null;
  if (held < share) {
    const got = await addReserved(registry, sql, workstation, share - held, now);
    if (got < share - held) await askOthers(sql, workstation, share, share - held - got);
  }
  return { alone, until, wanted: await wantedOf(sql, workstation, Math.max(0, held - share)) };
}

/** What has run out, and was not renewed just now, must not come back to life by a later renewal. */
async function endRunOut(sql: Sql, { id, court }: Workstation, now: string): Promise<void> {
  const over = await sql.query<{ id: string }>(
    `SELECT l.id FROM filing_lease l JOIN workstation w ON w.id = l.workstation
     WHERE l.workstation = $1 AND l.ended_at IS NULL
       AND (NOT l.reserved OR coalesce(w.reserve_until, '') <= $2) AND coalesce(l.work_until, '') <= $2`,
    [id, now],
  );
  await endLeases(
    sql,
    court,
    over.map((row) => row.id),
    'expired',
    now,
  );
  const worked = await sql.query(
    `UPDATE filing_lease l SET reserved = false FROM workstation w
     WHERE w.id = l.workstation AND l.workstation = $1 AND l.ended_at IS NULL AND l.reserved AND w.reserve_until <= $2 RETURNING l.id`,
    [id, now],
  );
  if (worked.length > 0) await changeVersion(sql, court);
}

async function countCourt(sql: Sql, { court, id }: Workstation, now: string): Promise<{ alone: boolean; active: number; open: number }> {
  const desks = await sql.query<{ id: string; seen_at: string | null }>(
    'SELECT id, seen_at FROM workstation WHERE court = $1 AND revoked_at IS NULL',
    [court],
  );
  const since = after(now, -ACTIVE_SECONDS);
  const active = desks.filter((desk) => desk.id === id || (desk.seen_at ?? '') > since).length;
  const { open } = single(
    await sql.query<{ open: number }>('SELECT count(*)::integer AS open FROM filing WHERE court = $1 AND incoming_number IS NULL', [court]),
  );
  return { alone: desks.length === 1, active, open };
}

async function countReserved(sql: Sql, { id, court }: Workstation): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    'SELECT count(*)::integer AS n FROM filing_lease WHERE court = $1 AND workstation = $2 AND ended_at IS NULL AND reserved',
    [court, id],
  );
  return single(rows).n;
}

/** A desk that may keep nothing aside has until then for what it still has; only a new share moves the end. */
async function extend(sql: Sql, { id }: Workstation, moves: boolean, now: string): Promise<string | null> {
  if (moves)
    await sql.query('UPDATE workstation SET reserve_until = $2 WHERE id = $1 AND (reserve_until IS NULL OR reserve_until < $3)', [
      id,
      after(now, LEASE_SECONDS.reserve),
      after(now, LEASE_SECONDS.reserve - RESERVE_STEP_SECONDS),
    ]);
  return single(await sql.query<{ reserve_until: string | null }>('SELECT reserve_until FROM workstation WHERE id = $1', [id]))
    .reserve_until;
}

/** Answers how many there were to set aside. */
async function addReserved(registry: Registry, sql: Sql, { id, court }: Workstation, count: number, now: string): Promise<number> {
  // what the desk works on already stays its own when the work is over
  const working = await sql.query<{ id: string }>(
    `UPDATE filing_lease SET reserved = true WHERE id IN
       (SELECT id FROM filing_lease WHERE court = $1 AND workstation = $2 AND ended_at IS NULL AND NOT reserved AND work_until > $3 LIMIT $4)
     RETURNING id`,
    [court, id, now, count],
  );
  // what ran out at a silent desk may have been registered there without a line: it is left until somebody asks for just that filing
  const free = await sql.query<{ filing: string }>(
    `SELECT f.id AS filing FROM filing f
     WHERE f.court = $1 AND f.incoming_number IS NULL
       AND NOT EXISTS (SELECT 1 FROM filing_lease l WHERE l.filing = f.id AND l.ended_at IS NULL)
       AND NOT EXISTS (
         SELECT 1 FROM filing_lease g
         WHERE g.filing = f.id AND g.workstation = $3 AND g.wanted AND g.ended_how = 'released' AND g.ended_at > $4)
     ORDER BY f.received_at, f.id LIMIT $2`,
    [court, count - working.length, id, after(now, -HANDED_OVER_SECONDS)],
  );
  if (free.length > 0)
    await sql.query(
      `INSERT INTO filing_lease (id, court, filing, workstation, reserved, taken_at)
       SELECT lease, $1, filing, $2, true, $3 FROM unnest($4::uuid[], $5::uuid[]) AS given (lease, filing)`,
      [court, id, now, free.map(() => registry.newId()), free.map((row) => row.filing)],
    );
  if (working.length + free.length > 0) await changeVersion(sql, court);
  return working.length + free.length;
}

/** Asks the desks that have more than a share, for their newest and for no more than is lacking. */
async function askOthers(sql: Sql, { id, court }: Workstation, share: number, lacking: number): Promise<void> {
  const asked = await sql.query<{ id: string }>(
    `UPDATE filing_lease SET wanted = true WHERE id IN (
       SELECT id FROM (
         SELECT id, wanted, taken_at, row_number() OVER (PARTITION BY workstation ORDER BY wanted, taken_at, id) AS place
         FROM filing_lease WHERE court = $1 AND workstation <> $2 AND ended_at IS NULL AND reserved AND holder IS NULL) theirs
       WHERE place > $3 ORDER BY taken_at DESC, id DESC LIMIT $4)
     AND NOT wanted RETURNING id`,
    [court, id, share, lacking],
  );
  if (asked.length > 0) await changeVersion(sql, court);
}

/** What others wait for, and the newest of what is more than the share. */
async function wantedOf(sql: Sql, { id, court }: Workstation, surplus: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT id FROM (
       SELECT id, wanted, row_number() OVER (ORDER BY wanted DESC, taken_at DESC, id DESC) AS place
       FROM filing_lease WHERE court = $1 AND workstation = $2 AND ended_at IS NULL AND reserved AND holder IS NULL) mine
     WHERE wanted OR place <= $3 LIMIT ${RESERVE_LIMITS.alone}`,
    [court, id, surplus],
  );
  return rows.map((row) => row.id);
}
