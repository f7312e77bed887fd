import type { KeyObject } from 'node:crypto';
import type { FeedPage } from '../../shared/registry/index.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single, type Sql } from '../store/database.ts';
import { signedHead } from './feed-chain.ts';

/** A page ends before it grows beyond this, so that a few huge filings never make one that a desk cannot take. */
const PAGE_BYTES = 8 * 1024 * 1024;

/** The items of a court after a place in its feed. A cursor beyond the end means that this registry has lost its past. */
export async function readFeed(sql: Sql, key: KeyObject, court: string, after: number, limit: number): Promise<Outcome<FeedPage>> {
  const last = single(await sql.query<{ feed_seq: number }>('SELECT feed_seq FROM court WHERE code = $1', [court])).feed_seq;
  if (after > last) return refuse('feed-gap');
  const items = await sql.query<FeedPage['items'][number]>(
    `SELECT seq, kind, version, subject, at, data
     FROM (SELECT *, sum(data_bytes) OVER (ORDER BY seq) AS bytes FROM feed WHERE court = $1 AND seq > $2 ORDER BY seq LIMIT $3) page
     WHERE bytes <= $4 OR seq = $2 + 1 ORDER BY seq`,
    [court, after, limit, PAGE_BYTES],
  );
  const cursor = items.at(-1)?.seq ?? after;
  const head = await signedHead(sql, key, court, cursor);
  return done({ items, cursor, more: cursor < last, ...(head ? { head } : {}) });
}
