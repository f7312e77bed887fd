import { nextFeedSeq } from '../courts/lock-court.ts';
import type { Sql } from '../store/database.ts';

export type FeedKind = 'filing.submitted' | 'filing.changed' | 'user.changed' | 'case.known';

/** Adds an item to a court's feed, in the transaction of the change it tells of. `at` is a UTC ISO instant. */
export async function appendToFeed(
  sql: Sql,
  item: { readonly court: string; readonly kind: FeedKind; readonly subject: string; readonly at: string; readonly data: unknown },
): Promise<void> {
  const seq = await nextFeedSeq(sql, item.court);
  const data = JSON.stringify(item.data);
  await sql.query(
    'INSERT INTO feed (court, seq, kind, version, subject, at, data, data_bytes) VALUES ($1, $2, $3, 1, $4, $5, $6::jsonb, $7)',
    [item.court, seq, item.kind, item.subject, item.at, data, Buffer.byteLength(data)],
  );
}
