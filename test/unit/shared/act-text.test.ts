import { describe, expect, it } from 'vitest';
import { actTextSchema, faultOfText, withoutBlanks, type ActBlock } from '../../../shared/domain/act-text.ts';
import {
  inserted,
  moved,
  newBlock,
  BLOCK_TYPES,
  withColumn,
  withoutColumn,
  withoutRow,
  withRow,
} from '../../../renderer/features/acts/edit-blocks.ts';

const text = (...blocks: ActBlock[]) => ({ version: 1 as const, blocks });
const ruled: ActBlock = { type: 'operative', items: ['Ұйғарылсын.'] };

describe('the text of an act', () => {
  it('is without its empty blocks, items and rows, and a table has all its cells', () => {
    const kept = withoutBlanks(
      text(
        { type: 'heading', text: ' ' },
        { type: 'paragraph', text: '\n' },
        { type: 'list', ordered: false, items: ['', 'бір', ' '] },
        { type: 'table', rows: [['а', 'ә'], ['', ''], ['б']] },
        { type: 'table', rows: [['', '']] },
        { type: 'operative', items: [''] },
      ),
    );
    expect(kept.blocks).toEqual([
      { type: 'list', ordered: false, items: ['бір'] },
      {
        type: 'table',
        rows: [
          ['а', 'ә'],
          ['б', ''],
        ],
      },
    ]);
  });

  it('says once what was ruled', () => {
    expect(faultOfText(text(ruled))).toBeNull();
    expect(faultOfText(text({ type: 'paragraph', text: 'Мәтін' }))).toBe('operative-missing');
    expect(faultOfText(text({ type: 'operative', items: [' '] }))).toBe('operative-missing');
    expect(faultOfText(text(ruled, ruled))).toBe('operative-twice');
    expect(faultOfText(text(ruled, { type: 'operative', items: [] }))).toBeNull();
  });

  it.each([
    ['another version', { version: 2, blocks: [] }],
    ['an unknown block', { version: 1, blocks: [{ type: 'script', text: '' }] }],
    ['more than it may say', { version: 1, blocks: [{ type: 'paragraph', text: 'ә'.repeat(20_001) }] }],
    [
      'more than all of it may take',
      { version: 1, blocks: Array.from({ length: 20 }, () => ({ type: 'paragraph', text: 'a'.repeat(10_000) })) },
    ],
    ['a row without cells', { version: 1, blocks: [{ type: 'table', rows: [[]] }] }],
    ['more columns than fit', { version: 1, blocks: [{ type: 'table', rows: [['', '', '', '', '', '', '']] }] }],
  ])('is not %s', (_, value) => {
    expect(actTextSchema.safeParse(value).success).toBe(false);
  });

  it('is changed block by block, and never by reference', () => {
    expect(moved(['а', 'ә', 'б'], 1, -1)).toEqual(['ә', 'а', 'б']);
    expect(moved(['а', 'ә', 'б'], 2, 1)).toEqual(['а', 'ә', 'б']);
    expect(inserted(['а', 'б'], 1, 'ә')).toEqual(['а', 'ә', 'б']);
    for (const type of BLOCK_TYPES) {
      expect(actTextSchema.safeParse(text(newBlock(type))).success).toBe(true);
      expect(newBlock(type)).not.toBe(newBlock(type));
    }
    const table = { type: 'table' as const, rows: [['а', 'ә']] };
    expect(withRow(table, 1).rows).toEqual([
      ['а', 'ә'],
      ['', ''],
    ]);
    expect(withColumn(table).rows).toEqual([['а', 'ә', '']]);
    expect(withoutRow(table, 0), 'the last row stays').toEqual(table);
    expect(withoutColumn({ type: 'table', rows: [['а']] }).rows).toEqual([['а']]);
  });
});
