import { expect, it } from 'vitest';
import { keepOrder } from '../../../renderer/features/board/keep-order.ts';
import { fakeBoard } from '../../support/renderer/fake-board.ts';

const board = fakeBoard('office', 'me', 'month', 0);
const kinds = (of: typeof board) => of.splits.kind!.map(({ value }) => value);

it('lines stay where they stand, with their new numbers, and what is new comes last', () => {
  const [claim, order] = board.splits.kind!;
  const motion = { ...claim!, value: 'motion' };
  const fresh = {
    ...board,
    splits: { ...board.splits, kind: [motion, { ...order!, figures: { ...order!.figures, waiting: 99 } }, claim!] },
  };
  const kept = keepOrder(board, fresh);
  expect(kinds(kept)).toEqual(['claim', 'court-order-application', 'motion']);
  expect(kept.splits.kind![1]!.figures.waiting).toBe(99);
  expect(kinds(keepOrder(null, fresh))).toEqual(['motion', 'court-order-application', 'claim']);
});

it('a line that is gone is not kept', () => {
  const fresh = { ...board, splits: { ...board.splits, kind: board.splits.kind!.slice(1) } };
  expect(kinds(keepOrder(board, fresh))).toEqual(['court-order-application']);
});
