import type { Delivery } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';
import { climbLadder, type Climbed, type Happening, type Place } from './climb-ladder.ts';
import { readDelivery } from './delivery-row.ts';

type Row = Place & { readonly readable: boolean };

/** Where somebody is on his ladder; null when there is no such dispatch. */
async function readPlace(sql: Sql, court: string, id: string): Promise<Row | null> {
  const [row] = await sql.query<Row>(
    `SELECT steps, step, round, state, via, reason, attempts, due_at AS "dueAt", facts ? 'cabinetNumber' AS readable
     FROM notice WHERE id = $1 AND court = $2 AND steps IS NOT NULL`,
    [id, court],
  );
  return row ?? null;
}

/** Keeps the attempts and the place that follows from them. */
export async function keepPlace(sql: Sql, id: string, { place, attempts }: Climbed, now: string): Promise<void> {
  for (const { channel, at, outcome, code, reference, by } of attempts)
    await sql.query(
      `INSERT INTO notice_attempt (notice, round, channel, at, outcome, code, reference, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, place.round, channel, at, outcome, code, reference, by],
    );
  await sql.query(
    `UPDATE notice SET steps = $2::jsonb, step = $3, round = $4, state = $5, via = $6, reason = $7, attempts = $8, due_at = $9, changed_at = $10 WHERE id = $1`,
    [id, JSON.stringify(place.steps), place.step, place.round, place.state, place.via, place.reason, place.attempts, place.dueAt, now],
  );
}

export async function announceDelivery(sql: Sql, court: string, id: string, at: string): Promise<void> {
  const data: Delivery = await readDelivery(sql, id);
  await appendToFeed(sql, { court, kind: 'delivery.changed', subject: id, at, data });
}

/**
 * Moves one dispatch by what happened and tells the court's desks, in a transaction that holds the court already. `fits` refuses what is about a place
 * that is left. False when nothing was moved.
 */
export async function moveOnLadder(
  sql: Sql,
  { court, id, now }: { readonly court: string; readonly id: string; readonly now: string },
  happening: Happening,
  fits: (place: Place) => boolean = () => true,
): Promise<boolean> {
  const row = await readPlace(sql, court, id);
  if (!row || !fits(row)) return false;
  const { readable, ...place } = row;
  const earlier = await sql.query<{ outcome: 'sent' | 'failed'; code: string | null }>(
    'SELECT outcome, code FROM notice_attempt WHERE notice = $1 AND round = $2',
    [id, row.round],
  );
  await keepPlace(sql, id, climbLadder(place, happening, { now, readable, earlier }), now);
  await announceDelivery(sql, court, id, now);
  return true;
}

/** The same in a transaction of its own. */
export const moveAlone = (
  registry: Registry,
  { court, id }: { readonly court: string; readonly id: string },
  happening: Happening,
  fits?: (place: Place) => boolean,
): Promise<boolean> =>
  registry.db.transaction(async (sql) => {
    await lockCourt(sql, court);
    return moveOnLadder(sql, { court, id, now: registry.clock() }, happening, fits);
  });
