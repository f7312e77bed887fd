import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, wordsOf, type Piece } from '../../../renderer/features/acts/text-difference.ts';

const say = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, words }) => `${{ same: '', gone: '-', new: '+' }[kind]}${words.join(' ')}`).join(' | ');
const between = (before: string, after: string) => say(differenceOf(wordsOf(before), wordsOf(after)));

describe('the difference of two texts', () => {
  it.each([
    ['Сот талап қоюды қабылдады.', 'Сот талап қоюды қабылдады.', 'Сот талап қоюды қабылдады.'],
    ['Сот талап қоюды қабылдады.', 'Сот талап қоюды қайтарды.', 'Сот талап қоюды | -қабылдады. | +қайтарды.'],
    ['а б в г', 'а в г д', 'а | -б | в г | +д'],
    ['', 'жаңа мәтін', '+жаңа мәтін'],
    ['ескі мәтін', '', '-ескі мәтін'],
    ['', '', ''],
    ['Принять\nиск', 'Принять   иск', 'Принять иск'],
  ])('from “%s” to “%s”', (before, after, expected) => {
    expect(between(before, after)).toBe(expected);
  });

  it('always joins to both texts, never puts two stretches of a kind side by side, and keeps as much as it can', () => {
    const text = fc.array(fc.constantFrom('а', 'ә', 'б', 'в'), { maxLength: 14 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = differenceOf(before, after);
        const joined = (drop: Piece['kind']) => pieces.flatMap(({ kind, words }) => (kind === drop ? [] : words));
        expect(joined('new')).toEqual(before);
        expect(joined('gone')).toEqual(after);
        expect(pieces.every(({ words }) => words.length > 0)).toBe(true);
        expect(pieces.some(({ kind }, at) => kind === pieces[at + 1]?.kind && kind !== 'same')).toBe(false);
        expect(pieces.filter(({ kind }) => kind === 'same').flatMap(({ words }) => words)).toHaveLength(longestCommon(before, after));
      }),
    );
  });

  it('says that a middle of more than it can compare was replaced, and still joins to both', () => {
    const before = ['бас', ...Array.from({ length: 2500 }, (_, n) => `а${n}`), 'соң'];
    const after = ['бас', ...Array.from({ length: 2500 }, (_, n) => `б${n}`), 'соң'];
    expect(differenceOf(before, after).map(({ kind, words }) => [kind, words.length])).toEqual([
      ['same', 1],
      ['gone', 2500],
      ['new', 2500],
      ['same', 1],
    ]);
  });
});

/** By trying every way, for short texts. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const row = Array.from({ length: b.length + 1 }, () => 0);
  for (const word of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!;
      row[j] = word === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
}
