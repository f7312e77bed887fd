import { LIMITS, type FeedItem } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readSetting, writeSetting, type Store, type Writing } from '../store/index.ts';
import type { RegistryClient } from './registry-client.ts';

export type FeedParts = {
  readonly store: Store;
  readonly client: RegistryClient;
  /** Takes one item over; `deferred` when this desk does not know it yet or cannot read it: it is kept, never dropped. */
  readonly apply: (tx: Writing, item: FeedItem) => 'applied' | { deferred: string };
};

const CURSOR = 'feed.cursor';

/** Follows the ordered feed to its end. A repeated item is skipped, a gap stops the pull before it. */
export async function pullFeed(parts: FeedParts): Promise<Result<{ items: number }>> {
  let items = 0;
  for (;;) {
    const after = readSetting<number>(parts.store.read, CURSOR) ?? 0;
    const page = await parts.client.feed(after, LIMITS.feedPage);
    if (!page.ok) return page;
    const gap = parts.store.write((tx) => {
      let cursor = readSetting<number>(tx, CURSOR) ?? 0;
      for (const item of page.value.items) {
        if (item.seq <= cursor) continue;
        if (item.seq !== cursor + 1) return true;
        const outcome = parts.apply(tx, item);
        if (outcome !== 'applied') defer(tx, item, outcome.deferred);
        cursor = item.seq;
        items++;
        writeSetting(tx, CURSOR, cursor);
      }
      return false;
    });
    if (gap) return fail('feed-gap');
    if (!page.value.more || (readSetting<number>(parts.store.read, CURSOR) ?? 0) === after) return ok({ items });
  }
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
