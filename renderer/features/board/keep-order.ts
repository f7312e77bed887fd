import type { Board, SplitLine } from '../../../shared/contract/index.ts';
import type { BoardSplit } from '../../../shared/domain/board-figures.ts';

/** The new numbers in the order in which their lines stand on the screen; what is new comes last, so that nothing moves under the cursor. */
export function keepOrder(shown: Board | null, fresh: Board): Board {
  if (shown === null) return fresh;
  const splits = Object.entries(fresh.splits).map(([split, lines]) => {
    const before = shown.splits[split as BoardSplit] ?? [];
    const places = new Map(before.map(({ value }, at) => [value, at]));
    const placeOf = ({ value }: SplitLine) => places.get(value) ?? before.length;
    return [split, [...lines].sort((a, b) => placeOf(a) - placeOf(b))] as const;
  });
  return { ...fresh, splits: Object.fromEntries(splits) };
}
