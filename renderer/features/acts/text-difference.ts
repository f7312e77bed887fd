/** A stretch of words that both texts have, or only the earlier or the later one. */
export type Piece = { readonly kind: 'same' | 'gone' | 'new'; readonly words: readonly string[] };

/** Beyond so many pairs of words that are left to compare, the middle is shown as replaced: time and memory grow with the product. */
const MOST_PAIRS = 4_000_000;

export const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/**
 * What a text has lost and gained, word by word: the longest common sequence of words stays, and what differs is `gone` before `new`.
 * Joined, `same` and `gone` are the earlier text, `same` and `new` the later one.
 */
export function differenceOf(before: readonly string[], after: readonly string[]): Piece[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  const same = (words: readonly string[]): Piece[] => (words.length > 0 ? [{ kind: 'same', words }] : []);
  return [...same(before.slice(0, start)), ...middle(a, b), ...same(before.slice(before.length - end))];
}

function middle(a: readonly string[], b: readonly string[]): Piece[] {
  if (a.length * b.length > MOST_PAIRS) return replaced(a, b);
  const width = b.length + 1;
  // lengths[i * width + j]: of the longest common sequence of a from i and b from j
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [fromA, fromB] = [i, j];
    while (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    if (i > fromA) {
      pieces.push({ kind: 'same', words: a.slice(fromA, i) });
      continue;
    }
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      const dropA = j === b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!);
      if (dropA) i++;
      else j++;
    }
    pieces.push(...replaced(a.slice(fromA, i), b.slice(fromB, j)));
  }
  return pieces;
}

function replaced(gone: readonly string[], added: readonly string[]): Piece[] {
  return [
    ...(gone.length > 0 ? [{ kind: 'gone' as const, words: gone }] : []),
    ...(added.length > 0 ? [{ kind: 'new' as const, words: added }] : []),
  ];
}
