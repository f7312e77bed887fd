import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KAZAKH_LETTERS, lettersWithoutGlyph } from '../../../main/self-check/letters-of-font.ts';

const tinos = readFileSync('resources/fonts/Tinos-Regular.ttf');

describe('the letters of a font', () => {
  it('are all there in the fonts that papers are drawn with', () => {
    for (const name of ['Tinos-Regular', 'Tinos-Bold', 'Tinos-Italic'])
      expect(lettersWithoutGlyph(readFileSync(`resources/fonts/${name}.ttf`), KAZAKH_LETTERS)).toEqual([]);
  });

  it('are missed one by one', () => expect(lettersWithoutGlyph(tinos, 'Қ語ғ字')).toEqual(['語', '字']));

  it('are all missed in a file that is cut, empty or no font', () => {
    for (const bytes of [tinos.subarray(0, 200), new Uint8Array(), Buffer.from('no font at all, but long enough to read a header')])
      expect(lettersWithoutGlyph(bytes, 'ҚӘ')).toEqual(['Қ', 'Ә']);
  });
});
