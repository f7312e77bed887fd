import { describe, expect, it } from 'vitest';
import { findInUnits, unitsOf } from '../../../renderer/features/documents/safe/find-in-blocks.ts';
import type { DocumentBlock } from '../../../shared/contract/index.ts';

const run = (text: string, bold = false) => ({ text, bold, italic: false, link: false });
const cell = (...paragraphs: string[]) => ({ columns: 1, rows: 1, paragraphs: paragraphs.map((text) => [run(text)]) });
const found = (blocks: readonly DocumentBlock[], query: string) =>
  findInUnits(unitsOf(blocks), query).map(({ unit, from, to }) => [unit.key, from, to]);

describe('words in an office document', () => {
  const blocks: DocumentBlock[] = [
    { type: 'heading', level: 1, runs: [run('Шарт')] },
    { type: 'paragraph', runs: [run('«Өркен» '), run('жауапкершілігі шектеулі', true), run(' серіктестігі')] },
    { type: 'picture' },
    { type: 'item', ordered: false, depth: 0, runs: [run('төлем')] },
    {
      type: 'table',
      rows: [
        [cell('Сома', 'теңге'), cell('1 000')],
        [cell('Төлем күні'), cell('')],
      ],
    },
  ];

  it('are found in every kind of block, across runs, with the place of each', () => {
    expect(found(blocks, 'шарт')).toEqual([['0.0.0.0', 0, 4]]);
    expect(found(blocks, 'өркен» жауап')).toEqual([['1.0.0.0', 1, 13]]);
    expect(found(blocks, 'төлем')).toEqual([
      ['3.0.0.0', 0, 5],
      ['4.1.0.0', 0, 5],
    ]);
    expect(found(blocks, 'теңге')).toEqual([['4.0.0.1', 0, 5]]);
  });

  it('are found as they are typed on a Russian layout, in any case and with any spaces', () => {
    expect(found(blocks, '  ТОЛЕМ   КУНІ ')).toEqual([['4.1.0.0', 0, 10]]);
    expect(found([{ type: 'paragraph', runs: [run('бір\u00a0екі')] }], 'бір екі')).toHaveLength(1);
  });

  it('are found in every sheet of a workbook, each match once; nothing is found for nothing', () => {
    const sheet = (name: string, rows: string[][]): DocumentBlock => ({ type: 'sheet', name, rows, hiddenRows: 0 });
    const book = [sheet('Бір', [['аа', 'а']]), sheet('Екі', [[''], ['', 'АА аа']])];
    expect(found(book, 'аа')).toEqual([
      ['0.0.0.0', 0, 2],
      ['1.1.1.0', 0, 2],
      ['1.1.1.0', 3, 5],
    ]);
    for (const nothing of ['', '   ', 'жоқ']) expect(found(book, nothing)).toEqual([]);
  });

  it('keep their places beside characters that become several when they are folded', () => {
    expect(found([{ type: 'paragraph', runs: [run('İstanbul шарт')] }], 'шарт')).toEqual([['0.0.0.0', 9, 13]]);
  });
});
