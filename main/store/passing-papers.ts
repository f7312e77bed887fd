import { createHash } from 'node:crypto';
import type { Result } from '../../shared/result.ts';
import type { BlobStore } from './blobs.ts';
import type { Store } from './store.ts';

type Kept = { readonly store: Store; readonly blobs: BlobStore };
const DAY_MS = 86_400_000;

/** To be told before the file is there: what a crash leaves behind is found again. */
export const notePassing = (store: Store, sha256: string, now: string): void =>
  store.write(
    (tx) =>
      void tx.run('INSERT INTO passing_paper (sha256, at) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET at = excluded.at', sha256, now),
  );

/**
 * Keeps a paper that is drawn anew each time somebody asks, for as long as it may be shown or printed. What lies among the documents for
 * another reason stays there. Error: `disk-full`.
 */
export function keepForADay({ store, blobs }: Kept, bytes: Uint8Array, now: string): Promise<Result<{ sha256: string; size: number }>> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!blobs.has(sha256) || store.read.get('SELECT 1 FROM passing_paper WHERE sha256 = ?', sha256)) notePassing(store, sha256, now);
  return blobs.putBytes(bytes);
}

/** Takes away the papers that have lain for a day; with null all of them. */
export function forgetPassing({ store, blobs }: Kept, now: string | null): void {
  const before = now === null ? null : new Date(Date.parse(now) - DAY_MS).toISOString();
  const over = store.read.all<{ sha256: string }>('SELECT sha256 FROM passing_paper WHERE at < coalesce(?, at || 1)', before);
  for (const { sha256 } of over) forgetPaper({ store, blobs }, sha256);
}

/** Takes one of them away at once. */
export function forgetPaper({ store, blobs }: Kept, sha256: string): void {
  blobs.remove(sha256);
  store.write((tx) => tx.run('DELETE FROM passing_paper WHERE sha256 = ?', sha256));
}
