import { createHash } from 'node:crypto';
import { FEED_START, feedHeadText, feedLinkText, type FeedItem, type FeedPage } from '../../shared/registry/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readSetting, writeSetting, type Reading, type Store, type Writing } from '../store/index.ts';
import { isSignedByRegistry } from './history-key.ts';
import type { RegistryClient } from './registry-client.ts';

export const CURSOR = 'feed.cursor';
const AUDIT = 'feed.audit';
const LINKS_PER_ROUND = 500;
const LINKS_PER_PAGE = 1000;
/** A registry that changes what was read long ago is found within so much time. */
const AUDIT_EVERY_MS = 24 * 3_600_000;

/** Up to where the feed was read. */
export const readCursor = (read: Reading): number => readSetting<number>(read, CURSOR) ?? 0;

export const linkAfter = (previous: string, item: FeedItem): string =>
  createHash('sha256').update(feedLinkText(previous, item)).digest('hex');

/** The link this desk has for a place of the feed; null when it read that far before it kept links. */
export function linkAt(read: Reading, seq: number): string | null {
  if (seq === 0) return FEED_START;
  return read.get<{ hash: string }>('SELECT hash FROM feed_link WHERE seq = ?', seq)?.hash ?? null;
}

export function keepLink(tx: Writing, seq: number, hash: string): void {
  tx.run('INSERT INTO feed_link (seq, hash) VALUES (?, ?) ON CONFLICT (seq) DO UPDATE SET hash = excluded.hash', seq, hash);
}

/** A desk that read the feed before it kept links begins its chain with what the registry says now. */
export async function beginChain(parts: { store: Store; client: RegistryClient }): Promise<Result<null>> {
  const cursor = readSetting<number>(parts.store.read, CURSOR) ?? 0;
  if (linkAt(parts.store.read, cursor) !== null) return ok(null);
  const page = await parts.client.feedLinks(cursor - 1, 1);
  if (!page.ok) return page.error.params?.['status'] === 404 ? ok(null) : page; // an older registry keeps no chain
  const [link] = page.value.links;
  if (link?.seq === cursor) parts.store.write((tx) => keepLink(tx, cursor, link.hash));
  return ok(null);
}

/** What a page says of its end, against the chain of this desk: `unsigned` was not signed by the registry, `differs` is another chain. */
export function checkHead(read: Reading, court: string, after: number, page: FeedPage): 'fits' | 'unsigned' | 'differs' {
  const { head } = page;
  let link = linkAt(read, after);
  if (!head || link === null) return 'fits';
  if (isSignedByRegistry(read, feedHeadText(court, head), head.signature) === false) return 'unsigned';
  let seq = after;
  for (const item of page.items) if (item.seq === seq + 1) [seq, link] = [item.seq, linkAfter(link, item)];
  return head.seq === seq && head.hash === link ? 'fits' : 'differs';
}

/** The first place where the registry's items are not those that this desk has read; null when all are. */
export async function firstDifference(parts: { store: Store; client: RegistryClient }): Promise<Result<number | null>> {
  for (let after = 0; ;) {
    const compared = await compareLinks(parts, after, LINKS_PER_PAGE);
    if (!compared.ok) return compared;
    const { difference, reached } = compared.value;
    if (difference !== null || reached === null) return ok(difference);
    after = reached;
  }
}

/** One step of looking again at all that was read, once a day: the first place that has changed, null when none has. */
export async function auditFeed(parts: { store: Store; client: RegistryClient; clock: () => string }): Promise<Result<number | null>> {
  const { store, clock } = parts;
  const audit = readSetting<{ next: number; startedAt: string }>(store.read, AUDIT);
  const now = clock();
  if (audit?.next === 0 && Math.abs(Date.parse(now) - Date.parse(audit.startedAt)) < AUDIT_EVERY_MS) return ok(null);
  const from = audit?.next ?? 0;
  const compared = await compareLinks(parts, from, LINKS_PER_ROUND);
  if (!compared.ok) return compared;
  const startedAt = audit && from > 0 ? audit.startedAt : now;
  store.write((tx) => writeSetting(tx, AUDIT, { next: compared.value.reached ?? 0, startedAt }));
  return ok(compared.value.difference);
}

/** Compares a stretch after a place; `reached` is where to go on, null at the end. */
async function compareLinks(
  { store, client }: { store: Store; client: RegistryClient },
  after: number,
  limit: number,
): Promise<Result<{ difference: number | null; reached: number | null }>> {
  const cursor = readSetting<number>(store.read, CURSOR) ?? 0;
  const page = await client.feedLinks(after, limit);
  if (!page.ok) return page;
  let seq = after;
  for (const link of page.value.links) {
    seq++;
    if (seq > cursor) return ok({ difference: null, reached: null });
    const own = linkAt(store.read, seq);
    if (link.seq !== seq || (own !== null && own !== link.hash)) return ok({ difference: seq, reached: null });
  }
  if (page.value.more) return ok({ difference: null, reached: seq });
  return ok({ difference: seq < cursor ? seq + 1 : null, reached: null });
}
