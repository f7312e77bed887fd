import type { FeedPage } from '../../shared/registry/index.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single, type Sql } from '../store/database.ts';

/** The items of a court after a place in its feed. A cursor beyond the end means that this registry has lost its past. */
export async function readFeed(sql: Sql, court: string, after: number, limit: number): Promise<Outcome<FeedPage>> {
  const head = single(await sql.query<{ feed_seq: number }>('SELECT feed_seq FROM court WHERE code = $1', [court])).feed_seq;
  if (after > head) return refuse('feed-gap');
  const items = await sql.query<FeedPage['items'][number]>(
    'SELECT seq, kind, version, subject, at, data FROM feed WHERE court = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [court, after, limit],
  );
  const cursor = items.at(-1)?.seq ?? after;
  return done({ items, cursor, more: cursor < head });
}
