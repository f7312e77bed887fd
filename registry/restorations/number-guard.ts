import { single, type Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';

const LATEST = '(SELECT * FROM restoration ORDER BY position DESC LIMIT 1)';
const SHOWN = 'EXISTS (SELECT 1 FROM lost_past l WHERE l.restoration = r.position AND l.court = $1)';

/** When the database was last marked as put back to an earlier day; null when it never was. */
export const lastRestored = async (sql: Sql): Promise<string | null> =>
  single(await sql.query<{ at: string | null }>(`SELECT r.at FROM ${LATEST} r`)).at;

/** Whether the database is where it was when its numbers were last known to be its own; else another line of it may have given out the same ones. */
export const isAtHome = (sql: Sql): Promise<boolean> => ask(sql, 'r.home = database_home()');

/** Whether numbers of a court may be leased: the database is at home, and no desk has shown that the registry knew more. */
export const mayLease = (sql: Sql, court: string): Promise<boolean> => ask(sql, `r.home = database_home() AND NOT ${SHOWN}`, court);

/** Whether this database has ever been put back to an earlier day, as far as is known: it may have forgotten what it gave a desk of the court. */
export const mayHaveForgotten = (sql: Sql, court: string): Promise<boolean> =>
  ask(sql, `r.at IS NOT NULL OR r.home <> database_home() OR ${SHOWN}`, court);

async function ask(sql: Sql, question: string, ...parameters: string[]): Promise<boolean> {
  return single(await sql.query<{ answer: boolean }>(`SELECT ${question} AS answer FROM ${LATEST} r`, parameters)).answer;
}

/**
 * A desk has read further than its court's feed goes. That shows a lost past, unless a restoration is on record and the desk has not anchored
 * its journal since: then it speaks of that one.
 */
export async function noteLongerFeed(sql: Sql, { id, court }: Workstation, readTo: number, at: string): Promise<void> {
  await sql.query(
    `INSERT INTO lost_past (restoration, court, workstation, read_to, feed_seq, noticed_at)
     SELECT r.position, c.code, $1, $2, c.feed_seq, $3 FROM ${LATEST} r, court c
     WHERE c.code = $4 AND c.feed_seq < $2
       AND (r.at IS NULL OR coalesce((SELECT max(position) FROM journal_anchor WHERE workstation = $1 AND finding IS NULL), 0) > r.anchors)
     ON CONFLICT DO NOTHING`,
    [id, readTo, at, court],
  );
}

/** A desk has numbers that no restoration on record accounts for. */
export async function noteUnknownNumbers(sql: Sql, { id, court }: Workstation, at: string): Promise<void> {
  await sql.query(
    `INSERT INTO lost_past (restoration, court, workstation, feed_seq, noticed_at)
     SELECT r.position, c.code, $1, c.feed_seq, $2 FROM ${LATEST} r, court c WHERE c.code = $3
     ON CONFLICT DO NOTHING`,
    [id, at, court],
  );
}
