import { single, type Sql } from '../store/database.ts';

/**
 * Every change of a court begins with this: changes of one court come one after the other until their transaction ends,
 * so what was checked still holds when it is written. False when there is no such court.
 */
export async function lockCourt(sql: Sql, code: string): Promise<boolean> {
  // NO KEY: inserts that merely refer to the court need not wait
  return (await sql.query('SELECT 1 FROM court WHERE code = $1 FOR NO KEY UPDATE', [code])).length === 1;
}

/** The next place in the court's feed, gapless because a rollback gives it back, and the link of the place before; null where none is kept. */
export async function nextFeedPlace(sql: Sql, court: string): Promise<{ seq: number; previous: string | null }> {
  const rows = await sql.query<{ seq: number; previous: string | null }>(
    `UPDATE court SET feed_seq = feed_seq + 1 WHERE code = $1
     RETURNING feed_seq AS seq, (SELECT hash FROM feed_link WHERE court = code AND seq = feed_seq - 1) AS previous`,
    [court],
  );
  return single(rows);
}
