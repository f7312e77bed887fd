import { setTimeout } from 'node:timers/promises';
import { LIMITS } from '../../shared/registry/index.ts';
import { readSetting, type Store } from '../store/index.ts';
import { CURSOR } from './feed-chain.ts';
import type { RegistryClient } from './registry-client.ts';

/** After an answer that brought nothing forward; doubles up to a minute. */
const PAUSE_MS = 2_000;
const PAUSE_MAX_MS = 60_000;
/** A registry that answers sooner with nothing does not wait: an older one, or one that stops. */
const TOO_SOON_MS = 1_000;

/**
 * Holds a request at the registry that answers as soon as the court's feed goes on; then `arrived` takes in what came. Answers how to stop,
 * which waits until nothing is under way any more.
 */
export function watchFeed(
  parts: { readonly store: Store; readonly client: RegistryClient; readonly random: () => number },
  arrived: () => Promise<void>,
): () => Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  const place = () => readSetting<number>(parts.store.read, CURSOR) ?? 0;

  /** True when the desk is further on than before, or has waited for nothing as it should. */
  async function waitOnce(): Promise<boolean> {
    const after = place();
    const asked = performance.now();
    const page = await parts.client.awaitFeed(after, LIMITS.feedWaitSeconds, signal);
    if (signal.aborted || !page.ok) return false;
    if (page.value.items.length === 0) return performance.now() - asked > TOO_SOON_MS;
    await arrived();
    return signal.aborted || place() > after;
  }

  async function watch(): Promise<void> {
    for (let fruitless = 0; !signal.aborted;) {
      fruitless = (await waitOnce()) ? 0 : fruitless + 1;
      if (fruitless === 0 || signal.aborted) continue;
      const pause = Math.min(PAUSE_MS * 2 ** (fruitless - 1), PAUSE_MAX_MS) * (0.5 + parts.random());
      await setTimeout(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  const watching = watch();
  return async () => {
    ending.abort();
    await watching;
  };
}
