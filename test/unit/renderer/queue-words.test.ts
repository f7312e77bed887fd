import { describe, expect, test } from 'vitest';
import { dayOf } from '../../../renderer/features/queue/typed-day.ts';
import { partsOf } from '../../../renderer/features/search/mark-match.tsx';

const TODAY = '2026-11-21';

describe('a day as a clerk types it', () => {
  test.each([
    ['25.11.2026', '2026-11-25'],
    ['25.11.26', '2026-11-25'],
    ['25.11', '2026-11-25'],
    ['2511', '2026-11-25'],
    ['5 12', '2026-12-05'],
    ['+3', '2026-11-24'],
    ['+ 10', '2026-12-01'],
    // a day that is over this year is one of the next
    ['05.01', '2027-01-05'],
    ['21.11', '2026-11-21'],
  ])('%s', (typed, day) => expect(dayOf(typed, TODAY)).toBe(day));

  test.each(['', 'ертең', '31.02.2027', '00.01', '32.12', '25.13', '2026-11-25x', '+', '29.02.2027'])('not a day: %s', (typed) =>
    expect(dayOf(typed, TODAY)).toBeNull(),
  );
});

const bold = (text: string, ...words: string[]) =>
  partsOf(text, words)
    .filter(({ isMatch }) => isMatch)
    .map(({ part }) => part);

describe('what was looked for is marked', () => {
  test('at the beginning of words, in the letters of the text', () => {
    expect(bold('Қасымова Әсел', 'касым')).toEqual(['Қасым']);
    expect(bold('Әбілқасым', 'касым')).toEqual([]);
    expect(bold('Cepiков', 'сериков')).toEqual(['Cepiков']);
  });
  test('anywhere in a number', () => {
    expect(bold('261100004218', '4218')).toEqual(['4218']);
  });
  test('and nothing of the text is lost', () => {
    const text = 'Ғ😀\u200fИванова  Мария, № 17';
    expect(
      partsOf(text, ['ива', '17', ''])
        .map(({ part }) => part)
        .join(''),
    ).toBe(text.normalize('NFC'));
  });
});
