import type { Reading } from '../store/index.ts';

/** Entries of the journal by their places, both inclusive. */
export type Bounds = { readonly first: number; readonly last: number };

/** By how much an entry may be earlier than one before it without the clock having been set back, and more. */
const DISORDER_MS = 3_600_000;

/**
 * Places between which every entry of a period lies, found by halving: no index over times is needed. Between two times that the clock was set
 * back the entries stand in the order of their times but for the disorder of an hour, so the bounds may hold some entries outside the period.
 * @returns null when no entry can lie in it.
 */
export function boundsOf(
  read: Reading,
  upTo: number,
  { from, until }: { from?: string | undefined; until?: string | undefined },
): Bounds | null {
  if (upTo < 1) return null;
  if (from === undefined && until === undefined) return { first: 1, last: upTo };
  const starts = read.all<{ first: number }>('SELECT first FROM journal_stretch WHERE first <= ? ORDER BY first', upTo);
  let found: Bounds | null = null;
  starts.forEach(({ first }, n) => {
    const stretch = { first, last: (starts[n + 1]?.first ?? upTo + 1) - 1 };
    const bounds = {
      first: from === undefined ? first : firstFrom(read, stretch, moved(from, -DISORDER_MS)),
      last: until === undefined ? stretch.last : firstFrom(read, stretch, moved(until, DISORDER_MS)) - 1,
    };
    if (bounds.first > bounds.last) return;
    found = { first: found?.first ?? bounds.first, last: bounds.last };
  });
  return found;
}

const moved = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** The first place in a stretch whose entry is not before an instant; the place after the stretch when there is none. */
function firstFrom(read: Reading, { first, last }: Bounds, instant: string): number {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { at } = read.get<{ at: string }>('SELECT at FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1', middle)!;
    if (at < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
