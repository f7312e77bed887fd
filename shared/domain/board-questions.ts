import type { BoardCount, BoardSplit } from './board-figures.ts';
import type { Board, QueueFilter, QueueQuestion } from '../contract/index.ts';

export type Behind = {
  readonly count: BoardCount;
  /** Other days than those of the board. */
  readonly days?: { readonly from: string; readonly until: string };
  readonly line?: { readonly split: BoardSplit; readonly value: string | null };
  /** Arrivals of an hour of a weekday. */
  readonly hour?: { readonly weekday: number; readonly hour: number };
};

/** The list behind a number of the board: it holds as many filings as the number says, while nothing has changed since. */
export function questionBehind(
  { scope, me, days, next }: Pick<Board, 'scope' | 'me' | 'days' | 'next'>,
  { count, days: asked = days, line, hour }: Behind,
): QueueQuestion {
  const isDone = count === 'registered';
  const filter: QueueFilter = {
    ...(scope === 'own' && (isDone ? { registeredBy: me } : { assignee: me })),
    ...(scope === 'judge' && { judge: me }),
    ...(line &&
      (line.split === 'person' ? (isDone ? { registeredBy: line.value } : { assignee: line.value }) : { [line.split]: line.value })),
    ...(hour && { receivedWeekday: hour.weekday, receivedHour: hour.hour }),
  };
  switch (count) {
    case 'arrived':
      return { view: 'all', filter: { ...filter, received: asked } };
    case 'registered':
      return { view: 'registered', filter: { ...filter, registered: asked } };
    case 'waiting':
      return waiting(scope, filter);
    case 'overdue':
      return waiting(scope, { ...filter, term: 'overdue' });
    case 'dueToday':
      return waiting(scope, { ...filter, term: 'today' });
    case 'dueNext':
      return waiting(scope, { ...filter, due: next });
  }
}

/** What is waiting for a judge is registered; for the others it is not yet. */
const waiting = (scope: Board['scope'], filter: QueueFilter): QueueQuestion =>
  scope === 'judge' ? { view: 'registered', filter: { ...filter, state: 'with-judge' } } : { view: 'open', filter };
