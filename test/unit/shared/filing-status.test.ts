import { describe, expect, it } from 'vitest';
import { FILING_MOVES, FILING_STATES, moveFiling } from '../../../shared/domain/filing-status.ts';

describe('the workflow of a filing', () => {
  it('lets only a signed ruling or a fulfilment out of with-judge', () => {
    const out = FILING_MOVES.filter((move) => moveFiling('with-judge', move) !== null);
    expect(out.sort()).toEqual(['fulfil', 'ruling-accept', 'ruling-refuse', 'ruling-return', 'ruling-transfer']);
  });

  it('has no move that ends a filing before it is registered', () => {
    for (const move of FILING_MOVES.filter((m) => m.startsWith('ruling-') || m === 'fulfil')) {
      expect(moveFiling('received', move)).toBeNull();
      expect(moveFiling('checking', move)).toBeNull();
    }
  });

  it('moves nothing out of a final state', () => {
    for (const state of ['accepted', 'returned', 'refused', 'transferred', 'fulfilled'] as const)
      for (const move of FILING_MOVES) expect(moveFiling(state, move), `${state} ${move}`).toBeNull();
  });

  it('reaches every state from received', () => {
    const reached = new Set<string>(['received']);
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      for (const state of FILING_STATES.filter((s) => reached.has(s)))
        for (const move of FILING_MOVES) {
          const next = moveFiling(state, move);
          if (next) reached.add(next);
        }
    }
    expect([...reached].sort()).toEqual([...FILING_STATES].sort());
  });
});
