import type { Board, Figures, SplitLine } from '../../shared/contract/index.ts';
import { BOARD_SPLITS, type BoardSplit } from '../../shared/domain/board-figures.ts';
import type { Reading } from '../store/index.ts';
import { percentile } from './percentile.ts';
import type { Tallies } from './read-tallies.ts';

type Sum = { -readonly [F in Exclude<keyof Figures, 'median' | 'ninetieth'>]: number } & { readonly minutes: number[] };
type Sums = Map<string | null, Sum>;

/** The figures of all, and of each part of them; the part with the most waiting first. @param people whether there is more than one's own */
export function countSplits(read: Reading, tallies: Tallies, people: boolean): Pick<Board, 'whole' | 'splits'> {
  const names = new Map(read.all<{ id: string; name: string }>('SELECT id, name FROM app_user').map(({ id, name }) => [id, name]));
  const line =
    (split: BoardSplit) =>
    ([value, sum]: readonly [string | null, Sum]): SplitLine => ({
      ...{ value, name: split === 'person' && value !== null ? (names.get(value) ?? null) : null },
      figures: figuresOf(sum),
    });
  const bySplit = BOARD_SPLITS.map((split) => [split, sumsOf(tallies, split)] as const);
  const splits = bySplit
    .filter(([split]) => people || split !== 'person')
    .map(([split, sums]) => [split, [...sums].sort(mostWaiting).map(line(split))] as const);
  return { whole: figuresOf(together([...bySplit[0]![1].values()])), splits: Object.fromEntries(splits) };
}

const nothing = (): Sum => ({ arrived: 0, registered: 0, waiting: 0, overdue: 0, dueToday: 0, dueNext: 0, minutes: [] });

function sumsOf({ arrived, waiting, registered }: Tallies, split: BoardSplit): Sums {
  const sums: Sums = new Map();
  const sumOf = (value: string | null): Sum => {
    let sum = sums.get(value);
    if (sum === undefined) sums.set(value, (sum = nothing()));
    return sum;
  };
  for (const part of arrived) if (part.split === split) sumOf(part.value).arrived += part.arrived;
  for (const part of waiting) {
    if (part.split !== split) continue;
    const sum = sumOf(part.value);
    for (const figure of ['waiting', 'overdue', 'dueToday', 'dueNext'] as const) sum[figure] += part[figure];
  }
  for (const { marks, minutes } of registered) {
    const sum = sumOf(marks[split]);
    sum.registered++;
    sum.minutes.push(minutes);
  }
  return sums;
}

function together(sums: readonly Sum[]): Sum {
  const whole = { ...nothing(), minutes: sums.flatMap(({ minutes }) => minutes) };
  for (const sum of sums)
    for (const figure of ['arrived', 'registered', 'waiting', 'overdue', 'dueToday', 'dueNext'] as const) whole[figure] += sum[figure];
  return whole;
}

function figuresOf({ minutes, ...counts }: Sum): Figures {
  const sorted = Float64Array.from(minutes).sort();
  return { ...counts, median: percentile(sorted, 0.5), ninetieth: percentile(sorted, 0.9) };
}

const mostWaiting = ([a, x]: readonly [string | null, Sum], [b, y]: readonly [string | null, Sum]): number =>
  y.waiting - x.waiting || y.arrived - x.arrived || y.registered - x.registered || ((a ?? '') < (b ?? '') ? -1 : 1);
