import type { Delivery } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';

const COLUMNS = `id, kind AS notice, subject, filing AS "filingId", name, asked AS channel, via, state, reason, changed_at AS at`;

/** What the court is told of as it happens; how a filer took the rest is his own affair, and can be read. */
const TOLD_KINDS: readonly string[] = [
  'act-dispatched',
  'hearing-set',
  'hearing-moved',
  'hearing-cancelled',
  'summons',
  'request-fulfilled',
];

/** How those named in what the court did about a filing were told, oldest first. */
export function readDeliveries(sql: Sql, court: string, filing: string): Promise<Delivery[]> {
  return sql.query<Delivery>(`SELECT ${COLUMNS} FROM notice WHERE court = $1 AND about = $2 ORDER BY position`, [court, filing]);
}

/**
 * Changes notices of one court and tells its desks. `set` and `where` are SQL over the table `notice` with parameters from `$3` on; `$1` is the court
 * and `$2` the time of the change.
 */
export function changeNotices(
  registry: Registry,
  court: string,
  { set, where, parameters }: { readonly set: string; readonly where: string; readonly parameters: readonly unknown[] },
): Promise<number> {
  return registry.db.transaction(async (sql) => {
    await lockCourt(sql, court);
    const at = registry.clock();
    const changed = await sql.query<Delivery>(
      `UPDATE notice SET changed_at = $2, ${set} WHERE court = $1 AND ${where} RETURNING ${COLUMNS}`,
      [court, at, ...parameters],
    );
    for (const delivery of changed)
      if (TOLD_KINDS.includes(delivery.notice))
        await appendToFeed(sql, { court, kind: 'delivery.changed', subject: delivery.id, at, data: delivery });
    return changed.length;
  });
}
