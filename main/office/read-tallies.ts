import { BOARD_SPLITS, type BoardSplit } from '../../shared/domain/board-figures.ts';
import { endOfCourtDay, startOfCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import { sinceDay, untilDay } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';

/** Whose numbers: of the office, of one who registers (`own`), or of a judge. */
export type Scope = { readonly kind: 'office' | 'own' | 'judge'; /** The id of who asks. */ readonly me: string };

const OPEN = "state IN ('received','checking')";
const MINE: Readonly<Record<Scope['kind'], { readonly held: string; readonly registered: string }>> = {
  office: { held: '1', registered: '1' },
  own: { held: 'assignee = @me', registered: 'registered_by = @me' },
  judge: { held: 'judge_id = @me', registered: 'judge_id = @me' },
};

/** What follows FROM, with indexes that cover it; `@me`, `@from` and `@until` are bound. */
export const SOURCE = {
  arrived: ({ kind }: Scope) =>
    `filing INDEXED BY filing_by_received WHERE received_at >= @from AND received_at < @until AND ${MINE[kind].held}`,
  registered: ({ kind }: Scope) =>
    `filing INDEXED BY filing_done WHERE registered_at IS NOT NULL AND registered_at >= @from AND registered_at < @until AND ${MINE[kind].registered}`,
  waiting: ({ kind }: Scope) =>
    kind === 'judge'
      ? "filing INDEXED BY filing_with_judge WHERE state = 'with-judge' AND judge_id = @me"
      : `filing INDEXED BY filing_open WHERE ${OPEN} AND ${MINE[kind].held}`,
};

type Arrived = { readonly arrived: number };
type Waiting = { readonly waiting: number; readonly overdue: number; readonly dueToday: number; readonly dueNext: number };
/** Each filing is counted once in every split. */
type Part<T> = T & { readonly split: BoardSplit; readonly value: string | null };
export type Marks = Readonly<Record<BoardSplit, string | null>>;
export type Tallies = {
  readonly arrived: readonly Part<Arrived>[];
  readonly waiting: readonly Part<Waiting>[];
  /** One of each; how many minutes of working time it waited. */
  readonly registered: readonly { readonly marks: Marks; readonly minutes: number }[];
};

export type BoardDays = {
  readonly now: string;
  readonly today: CourtDay;
  readonly days: { readonly from: string; readonly until: string };
  readonly next: { readonly from: string; readonly until: string };
};

const termSums = (n: string, due: string) => `sum(iif(${due} <= @now, ${n}, 0)) AS overdue,
  sum(iif(${due} > @now AND ${due} <= @endOfToday, ${n}, 0)) AS dueToday, sum(iif(${due} > @nextFrom AND ${due} <= @nextUntil, ${n}, 0)) AS dueNext`;
const termParams = ({ now, today, next }: BoardDays) => ({
  ...{ now, endOfToday: endOfCourtDay(today) },
  ...{ nextFrom: startOfCourtDay(next.from), nextUntil: endOfCourtDay(next.until as CourtDay) },
});

/** What the board counts. @param minutes working time between two instants */
export function readTallies(read: Reading, scope: Scope, days: BoardDays, minutes: (from: string, until: string) => number): Tallies {
  return {
    ...(scope.kind === 'office' ? keptTallies(read, days) : ownTallies(read, scope, days)),
    registered: readRegistered(read, scope, days, minutes),
  };
}

/** Of the office, from the sums that the store keeps. */
function keptTallies(read: Reading, days: BoardDays): Pick<Tallies, 'arrived' | 'waiting'> {
  return {
    arrived: read.all(
      "SELECT split, nullif(value, '') AS value, sum(n) AS arrived FROM board_tally WHERE what = 'arrived' AND at BETWEEN @from AND @until GROUP BY split, value",
      days.days,
    ),
    waiting: read.all(
      `SELECT split, nullif(value, '') AS value, sum(n) AS waiting, ${termSums('n', "nullif(at, '')")} FROM board_tally WHERE what = 'open' GROUP BY split, value`,
      termParams(days),
    ),
  };
}

const MARKS = 'kind, category, verdict, language';

/** Of one person, from indexes. */
function ownTallies(read: Reading, scope: Scope, days: BoardDays): Pick<Tallies, 'arrived' | 'waiting'> {
  const person = scope.kind === 'judge' ? 'registered_by' : 'assignee';
  const grouped = <T>(sums: string, source: string, params: object) =>
    bySplit(
      read.all<Marks & T>(`SELECT ${person} AS person, ${MARKS}, ${sums} FROM ${source} GROUP BY ${person}, ${MARKS}`, {
        me: scope.me,
        ...params,
      }),
    );
  const span = { from: sinceDay(days.days.from), until: untilDay(days.days.until) };
  return {
    arrived: grouped<Arrived>('count(*) AS arrived', SOURCE.arrived(scope), span),
    waiting: grouped<Waiting>(`count(*) AS waiting, ${termSums('1', 'due_at')}`, SOURCE.waiting(scope), termParams(days)),
  };
}

const bySplit = <T>(rows: readonly (Marks & T)[]): Part<T>[] =>
  rows.flatMap((row) => BOARD_SPLITS.map((split) => ({ ...row, split, value: row[split] })));

function readRegistered(
  read: Reading,
  scope: Scope,
  { days }: BoardDays,
  minutes: (from: string, until: string) => number,
): Tallies['registered'] {
  // one text is many times faster than as many rows
  const { text } = read.get<{ text: string }>(
    `SELECT json_group_array(json_array(registered_by, ${MARKS}, received_at, registered_at)) AS text FROM ${SOURCE.registered(scope)}`,
    { me: scope.me, from: sinceDay(days.from), until: untilDay(days.until) },
  )!;
  return (JSON.parse(text) as readonly (readonly (string | null)[])[]).map(([person, kind, category, verdict, language, from, until]) => ({
    marks: { person, kind, category, verdict, language } as Marks,
    minutes: minutes(from!, until!),
  }));
}
