import type { Delivery } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import { single, type Sql } from '../store/database.ts';

const COLUMNS = `id, kind AS notice, subject, filing AS "filingId", name, asked AS channel, via, state, reason, changed_at AS at`;
/** With the ladder of a dispatch; others have none. */
const WHOLE = `${COLUMNS}, steps, namesake, due_at AS "nextAt", (SELECT jsonb_agg(jsonb_build_object('channel', a.channel, 'at', a.at, 'outcome', a.outcome,
  'code', a.code, 'reference', a.reference, 'by', a.by_user) ORDER BY a.position) FROM notice_attempt a WHERE a.notice = notice.id) AS attempts`;
type WholeRow = Delivery & {
  readonly steps: Delivery['steps'] | null;
  readonly attempts: Delivery['attempts'] | null;
  readonly namesake: number;
};

function toDelivery({ steps, attempts, nextAt, namesake, ...rest }: WholeRow): Delivery {
  const told = namesake === 0 ? rest : { ...rest, namesake };
  return steps === null ? told : { ...told, steps, attempts: attempts ?? [], nextAt: told.state === 'sent' ? (nextAt ?? null) : null };
}

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
export async function readDeliveries(sql: Sql, court: string, filing: string): Promise<Delivery[]> {
  const rows = await sql.query<WholeRow>(`SELECT ${WHOLE} FROM notice WHERE court = $1 AND about = $2 ORDER BY position`, [court, filing]);
  return rows.map(toDelivery);
}

export const readDelivery = async (sql: Sql, id: string): Promise<Delivery> =>
  toDelivery(single(await sql.query<WholeRow>(`SELECT ${WHOLE} FROM notice WHERE id = $1`, [id])));

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
