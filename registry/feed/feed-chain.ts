import { createHash, sign, type KeyObject } from 'node:crypto';
import { FEED_START, feedHeadText, feedLinkText, type FeedHead, type FeedItem, type FeedLinks } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Database, Sql } from '../store/database.ts';

const BATCH = 500;

export const linkAfter = (previous: string, item: FeedItem): string =>
  createHash('sha256').update(feedLinkText(previous, item)).digest('hex');

/** The link kept at a place of a court's feed; null where an older program wrote the item. */
export async function linkAt(sql: Sql, court: string, seq: number): Promise<string | null> {
  if (seq === 0) return FEED_START;
  const [row] = await sql.query<{ hash: string }>('SELECT hash FROM feed_link WHERE court = $1 AND seq = $2', [court, seq]);
  return row?.hash ?? null;
}

/** The signed link of a place; null where none is kept. */
export async function signedHead(sql: Sql, key: KeyObject, court: string, seq: number): Promise<FeedHead | null> {
  const hash = await linkAt(sql, court, seq);
  if (hash === null) return null;
  return { seq, hash, signature: sign(null, Buffer.from(feedHeadText(court, { seq, hash })), key).toString('base64url') };
}

/** The chain after a place, made anew from the items as they are now. */
export async function readFeedLinks(sql: Sql, court: string, after: number, limit: number): Promise<FeedLinks> {
  const items = await sql.query<FeedItem>(
    'SELECT seq, kind, version, subject, at, data FROM feed WHERE court = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [court, after, limit + 1],
  );
  const page = items.slice(0, limit);
  let hash = (await linkAt(sql, court, after)) ?? FEED_START;
  const links = page.map((item) => ({ seq: item.seq, hash: (hash = linkAfter(hash, item)) }));
  return { links, more: items.length > limit };
}

/** Links the items that an older program left without. Changes of the court wait meanwhile. */
export async function completeFeedChains(db: Database): Promise<void> {
  const behind = await db.query<{ code: string }>(
    'SELECT code FROM court WHERE feed_seq > (SELECT coalesce(max(seq), 0) FROM feed_link WHERE court = code)',
  );
  for (const { code } of behind)
    await db.transaction(async (sql) => {
      await lockCourt(sql, code);
      await completeFeedChain(sql, code);
    });
}

/** The same for one court that is locked already; answers the last link. */
export async function completeFeedChain(sql: Sql, court: string): Promise<string> {
  const [last] = await sql.query<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM feed_link WHERE court = $1 ORDER BY seq DESC LIMIT 1',
    [court],
  );
  let { seq, hash } = last ?? { seq: 0, hash: FEED_START };
  for (;;) {
    const { links } = await readFeedLinks(sql, court, seq, BATCH);
    if (links.length === 0) return hash;
    await sql.query(
      `INSERT INTO feed_link (court, seq, hash) SELECT $1, (link->>'seq')::integer, link->>'hash' FROM jsonb_array_elements($2::jsonb) AS link`,
      [court, JSON.stringify(links)],
    );
    ({ seq, hash } = links.at(-1)!);
  }
}
