import { ACT_TEXT_LIMITS } from '../../../shared/domain/act-text-limits.ts';
import type { ActBlock } from '../../../shared/domain/act-text.ts';

export type BlockType = ActBlock['type'];

const NEW: Readonly<Record<BlockType, ActBlock>> = {
  heading: { type: 'heading', text: '' },
  paragraph: { type: 'paragraph', text: '' },
  list: { type: 'list', ordered: true, items: [''] },
  table: {
    type: 'table',
    rows: [
      ['', ''],
      ['', ''],
    ],
  },
  operative: { type: 'operative', items: [''] },
};
export const BLOCK_TYPES = Object.keys(NEW) as readonly BlockType[];
export const newBlock = (type: BlockType): ActBlock => structuredClone(NEW[type]);

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);
export const withAt = <T>(list: readonly T[], at: number, value: T): T[] => list.map((one, i) => (i === at ? value : one));
export const inserted = <T>(list: readonly T[], at: number, value: T): T[] => [...list.slice(0, at), value, ...list.slice(at)];

/** The list with one entry a place up (-1) or down (1); the same list where there is no such place. */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const other = at + by;
  if (other < 0 || other >= list.length) return list;
  return list.map((one, i) => (i === at ? list[other]! : i === other ? list[at]! : one));
}

type Table = Extract<ActBlock, { type: 'table' }>;
export const withRow = ({ rows }: Table, at: number): Table => ({
  type: 'table',
  rows:
    rows.length < ACT_TEXT_LIMITS.rows
      ? inserted(
          rows,
          at,
          (rows[0] ?? ['']).map(() => ''),
        )
      : [...rows],
});
export const withoutRow = ({ rows }: Table, at: number): Table => ({
  type: 'table',
  rows: rows.length > 1 ? without(rows, at) : [...rows],
});
export const withColumn = ({ rows }: Table): Table => ({
  type: 'table',
  rows: rows.map((row) => (row.length < ACT_TEXT_LIMITS.columns ? [...row, ''] : [...row])),
});
export const withoutColumn = ({ rows }: Table): Table => ({
  type: 'table',
  rows: rows.map((row) => (row.length > 1 ? row.slice(0, -1) : [...row])),
});
