import { describe, expect, test } from 'vitest';
import { mergeRows, showAll } from '../../../renderer/features/queue/merge-rows.ts';
import type { QueueRow } from '../../../shared/contract/index.ts';
import { makeFiling, rowOf } from '../../support/renderer/fake-data.ts';

const [a, b, c, d] = [0, 1, 2, 3].map((n) => rowOf(makeFiling(n))) as [QueueRow, QueueRow, QueueRow, QueueRow];
const idsOf = (rows: ReturnType<typeof mergeRows>['rows']) => rows.map(({ row }) => row.id);

describe('a newer answer comes into a shown list', () => {
  test('no row moves, however the newer answer is ordered', () => {
    expect(idsOf(mergeRows(showAll([a, b, c]), [c, a, b]).rows)).toEqual([a.id, b.id, c.id]);
  });

  test('new rows are counted and not shown', () => {
    const merged = mergeRows(showAll([a, b]), [d, a, c, b]);
    expect(idsOf(merged.rows)).toEqual([a.id, b.id]);
    expect(merged.arrived).toBe(2);
  });

  test('a changed row is brought up to date in its place', () => {
    const merged = mergeRows(showAll([a, b]), [a, { ...b, state: 'checking', flagged: true }]);
    expect(merged.rows[1]?.row).toMatchObject({ id: b.id, state: 'checking', flagged: true });
    expect(merged).toMatchObject({ arrived: 0, gone: 0 });
  });

  test('a row that left stays and says so, and is whole again when it comes back', () => {
    const without = mergeRows(showAll([a, b]), [a]);
    expect(without.rows.map(({ gone }) => gone)).toEqual([false, true]);
    expect(without.gone).toBe(1);
    expect(mergeRows(without.rows, [a, b]).gone).toBe(0);
  });
});
