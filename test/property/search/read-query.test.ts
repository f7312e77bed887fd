import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, otherLayout } from '../../../shared/domain/kk-format.ts';
import { asBeginnings, readQuery } from '../../../shared/domain/search-query.ts';

const SEPARATORS = ['', ' ', '-', '–', '/', '.', ' № '];
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const spread = (parts: readonly string[]) =>
  fc
    .array(fc.constantFrom(...SEPARATORS), { minLength: parts.length, maxLength: parts.length })
    .map((between) => parts.map((part, i) => `${between[i]!}${part}`).join(''));

describe('what was typed', () => {
  it('is the same number whatever stands between its parts', () => {
    fc.assert(
      fc.property(
        fc.tuple(digits(4), digits(2), digits(6)).chain((parts) => fc.tuple(fc.constant(parts.join('')), spread(parts))),
        ([number, typed]) => {
          expect(readQuery(typed).number).toBe(number);
          expect(readQuery(typed).identifier).toBe(number);
        },
      ),
    );
  });

  it('is never a number when a word of letters stands in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[а-я]{3,20}$/u), digits(5), (word, number) => {
        expect(readQuery(`${word} ${number}`).number).toBeNull();
      }),
    );
  });

  it('finds the words that another person wrote with the other letters', () => {
    const pairs = ['әа', 'ғг', 'қк', 'ңн', 'өо', 'ұу', 'үу', 'һх', 'іи', 'ёе'];
    const kazakh = fc.array(fc.constantFrom(...pairs, 'бб', 'мм', 'рр', 'сс'), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(kazakh, (letters) => {
        const [written, typed] = [letters.map((pair) => pair[0]).join(''), letters.map((pair) => pair[1]).join('')];
        expect(readQuery(typed).words).toEqual(readQuery(written).words);
        expect(readQuery(written.toUpperCase()).words).toEqual(readQuery(written).words);
      }),
    );
  });

  it('becomes a question that the index understands, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const { words } = readQuery(typed);
        for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
        expect(asBeginnings(words).match(/"/g)?.length ?? 0).toBe(words.length * 2);
      }),
    );
  });

  it('comes back when the layout is changed twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[а-я]{1,30}$/u), (word) => {
        expect(otherLayout(otherLayout(word))).toBe(word);
        expect(fold(fold(word))).toBe(fold(word));
      }),
    );
  });
});
