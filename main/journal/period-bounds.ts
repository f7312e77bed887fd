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
  let found = null as Bounds | null;
  for (const stretch of stretchesOf(read, upTo)) {
    const bounds = within(read, stretch, { from, until });
    if (bounds.first <= bounds.last) found = { first: found?.first ?? bounds.first, last: bounds.last };
  }
  return found;
}

/**
 * Up to which place the journal is older than an instant; 0 when nowhere. An entry is as old as the next one, or itself, whose time is to be believed:
 * one that has come, and is not before an earlier time of that kind. So what was noted while the clock was ahead or set back is as old as what
 * was noted once it was right again.
 * @param now later than any time that can be true.
 */
export function oldUpTo(read: Reading, upTo: number, { before, now }: { before: string; now: string }): number {
  let old = { seq: 0, at: '' };
  for (const stretch of stretchesOf(read, upTo)) {
    const come = within(read, stretch, { from: undefined, until: now });
    const { first } = within(read, come, { from: before, until: undefined });
    const young = read.get<{ seq: number }>(
      'SELECT seq FROM journal WHERE seq BETWEEN ? AND ? AND at >= ? AND at <= ? ORDER BY seq LIMIT 1',
      ...[first, come.last, before, now],
    );
    const last = read.get<typeof old>(
      'SELECT seq, at FROM journal WHERE seq BETWEEN ? AND ? AND at <= ? ORDER BY seq DESC LIMIT 1',
      ...[come.first, young ? young.seq - 1 : come.last, now],
    );
    if (last && last.at >= old.at) old = last;
    if (young) break;
  }
  return old.seq;
}

/** Where the clock ran forward, up to a place. */
function stretchesOf(read: Reading, upTo: number): readonly Bounds[] {
  const starts = read.all<{ first: number }>('SELECT first FROM journal_stretch WHERE first <= ? ORDER BY first', upTo);
  return starts.map(({ first }, n) => ({ first, last: (starts[n + 1]?.first ?? upTo + 1) - 1 }));
}

/** Of a stretch, the places between which a period lies. */
const within = (
  read: Reading,
  stretch: Bounds,
  { from, until }: { readonly from: string | undefined; readonly until: string | undefined },
): Bounds => ({
  first: from === undefined ? stretch.first : firstFrom(read, stretch, moved(from, -DISORDER_MS)),
  last: until === undefined ? stretch.last : firstFrom(read, stretch, moved(until, DISORDER_MS)) - 1,
});

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
