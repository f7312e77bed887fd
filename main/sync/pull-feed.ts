import { LIMITS, type FeedItem, type FeedPage } from '../../shared/registry/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { readSetting, writeSetting, type Store, type Writing } from '../store/index.ts';
import { beginChain, checkHead, CURSOR, firstDifference, keepLink, linkAfter, linkAt } from './feed-chain.ts';
import type { RegistryClient } from './registry-client.ts';

export type FeedParts = {
  readonly store: Store;
  readonly client: RegistryClient;
  /** Code of the desk's court. */
  readonly court: string;
  /** Takes one item over; `deferred` when this desk does not know it yet or cannot read it: it is kept, never dropped. */
  readonly apply: (tx: Writing, item: FeedItem) => 'applied' | { deferred: string };
};

/**
 * Follows the ordered feed to its end. A repeated item is skipped, a gap stops the pull before it, and so does a registry whose past
 * is not the one that was read: `registry-head-unsigned`, `registry-history-changed` and `registry-history-shorter` name the `entry`.
 */
export async function pullFeed(parts: FeedParts): Promise<Result<{ items: number }>> {
  let items = 0;
  const begun = await beginChain(parts);
  if (!begun.ok) return begun;
  for (;;) {
    const after = readSetting<number>(parts.store.read, CURSOR) ?? 0;
    const page = await parts.client.feed(after, LIMITS.feedPage);
    if (!page.ok) return page.error.params?.['code'] === 'feed-gap' ? historyFailure(parts, 'registry-history-shorter') : page;
    const head = hasGap(page.value, after) ? 'fits' : checkHead(parts.store.read, parts.court, after, page.value);
    if (head === 'unsigned') return fail('registry-head-unsigned', { entry: page.value.head?.seq ?? after });
    if (head === 'differs') return historyFailure(parts, 'registry-history-changed');
    const gap = parts.store.write((tx) => {
      let cursor = readSetting<number>(tx, CURSOR) ?? 0;
      for (const item of page.value.items) {
        if (item.seq <= cursor) continue;
        if (item.seq !== cursor + 1) return cursor + 1;
        const link = linkAt(tx, cursor);
        if (link !== null) keepLink(tx, item.seq, linkAfter(link, item));
        const outcome = parts.apply(tx, item);
        if (outcome !== 'applied') defer(tx, item, outcome.deferred);
        cursor = item.seq;
        items++;
        writeSetting(tx, CURSOR, cursor);
      }
      return null;
    });
    if (gap !== null) return fail('feed-gap', { entry: gap });
    if (!page.value.more || (readSetting<number>(parts.store.read, CURSOR) ?? 0) === after) return ok({ items });
  }
}

/** A page that skips a place says nothing of the chain; the gap itself is told. */
function hasGap({ items }: FeedPage, after: number): boolean {
  let seq = after;
  for (const item of items) if (item.seq === seq + 1) seq = item.seq;
  return (items.at(-1)?.seq ?? after) !== seq;
}

/** Names the first item that is not as it was read; when all of them are, only the answer was damaged on its way. */
async function historyFailure(
  parts: FeedParts,
  code: 'registry-history-changed' | 'registry-history-shorter',
): Promise<{ ok: false; error: Failure }> {
  const entry = await firstDifference(parts);
  if (!entry.ok) return entry;
  return entry.value === null ? fail('registry-answer-malformed') : fail(code, { entry: entry.value });
}

/** After an update this desk may know what it had to defer. */
export function replayDeferred(parts: Pick<FeedParts, 'store' | 'apply'>): number {
  return parts.store.write((tx) => {
    let replayed = 0;
    for (const row of tx.all<{ seq: number; item: string }>('SELECT seq, item FROM feed_deferred ORDER BY seq')) {
      if (parts.apply(tx, JSON.parse(row.item) as FeedItem) !== 'applied') continue;
      tx.run('DELETE FROM feed_deferred WHERE seq = ?', row.seq);
      replayed++;
    }
    return replayed;
  });
}

function defer(tx: Writing, item: FeedItem, reason: string): void {
  tx.run(
    'INSERT INTO feed_deferred (seq, item, reason) VALUES (?, ?, ?) ON CONFLICT (seq) DO NOTHING',
    item.seq,
    JSON.stringify(item),
    reason,
  );
}
