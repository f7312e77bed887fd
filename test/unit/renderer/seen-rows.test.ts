import { expect, it } from 'vitest';
import { seenRows } from '../../../renderer/features/documents/pdf/seen-rows.ts';

it('draws the rows in view and two beyond each end, never more than there are', () => {
  expect(seenRows({ top: 0, height: 600, row: 150, total: 300 })).toEqual({ first: 0, last: 6 });
  expect(seenRows({ top: 15_000, height: 600, row: 150, total: 300 })).toEqual({ first: 98, last: 106 });
  expect(seenRows({ top: 44_400, height: 600, row: 150, total: 300 })).toEqual({ first: 294, last: 300 });
  expect(seenRows({ top: 0, height: 600, row: 150, total: 2 })).toEqual({ first: 0, last: 2 });
});
