import { FEED_START } from '../../shared/registry/index.ts';
import { nextFeedPlace } from '../courts/lock-court.ts';
import type { Sql } from '../store/database.ts';
import { completeFeedChain, linkAfter } from './feed-chain.ts';

export type FeedKind =
  | 'filing.submitted'
  | 'filing.taken-on-paper'
  | 'filing.changed'
  | 'filing.assigned'
  | 'filing.postponed'
  | 'absence.changed'
  | 'norm.changed'
  | 'share-rules.changed'
  | 'user.changed'
  | 'case.known'
  | 'lease.taken-over'
  | 'hearing.changed'
  | 'summons.issued'
  | 'request.fulfilled'
  | 'case-file.changed'
  | 'case-file.seen'
  | 'survey.asked'
  | 'survey.answered'
  | 'delivery.changed'
  | 'note.changed'
  | 'filing.corrected'
  | 'filing.fact-corrected'
  | 'filing.proposal-recalled'
  | 'workstation.changed'
  | 'court.configured'
  | 'court.changed'
  | 'filing.annexed'
  | 'filing.linked';

/** Adds an item with its link to a court's feed, in the transaction of the change it tells of. `at` is a UTC ISO instant. */
export async function appendToFeed(
  sql: Sql,
  item: { readonly court: string; readonly kind: FeedKind; readonly subject: string; readonly at: string; readonly data: unknown },
): Promise<void> {
  const { court, kind, subject, at } = item;
  const { seq, previous } = await nextFeedPlace(sql, court);
  const data = JSON.stringify(item.data);
  const before = seq === 1 ? FEED_START : (previous ?? (await completeFeedChain(sql, court)));
  const link = linkAfter(before, { seq, kind, version: 1, subject, at, data: JSON.parse(data) as unknown });
  await sql.query(
    `WITH item AS (INSERT INTO feed (court, seq, kind, version, subject, at, data, data_bytes) VALUES ($1, $2, $3, 1, $4, $5, $6::jsonb, $7))
     INSERT INTO feed_link (court, seq, hash) VALUES ($1, $2, $8)`,
    [court, seq, kind, subject, at, data, Buffer.byteLength(data), link],
  );
  sql.grown?.add(court);
}
