import type { Board, Figures } from '../../shared/contract/index.ts';
import type { BoardPeriod } from '../../shared/domain/board-figures.ts';
import { addCourtDays, courtDayOf, endOfCourtDay, isCourtDay, startOfCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import { forecastOverdue } from '../../shared/domain/overdue-forecast.ts';
import { workingClock } from '../../shared/domain/working-clock.ts';
import { sinceDay, untilDay } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { countSplits } from './count-splits.ts';
import { readTallies, SOURCE, type Scope } from './read-tallies.ts';

const DAY_MS = 24 * 3_600_000;
const HEAT_DAYS = 28;
const WEEKS = 12;
const DAYS_OF: Readonly<Record<BoardPeriod, number>> = { today: 1, week: 7, month: 30 };

/** The numbers of an office or of a person in it, all of one moment. @param now UTC ISO */
export function readBoard(read: Reading, reference: Reference, now: string, scope: Scope, period: BoardPeriod): Board {
  const today = courtDayOf(now);
  const days = { from: addDays(today, 1 - DAYS_OF[period]), until: today };
  const next = { from: addDays(today, 1), until: addCourtDays(reference.calendarOn(today), today, 1) };
  const minutes = workingClock(reference.workingTime);
  const tallies = readTallies(read, scope, { now, today, days, next }, minutes);
  const { whole, splits } = countSplits(read, tallies, scope.kind === 'office');
  const [arrivedToday, registeredToday] = [arrived(read, scope, today, today), registered(read, scope, today, today)];
  return {
    ...{ asOf: now, scope: scope.kind, me: scope.me, today, days, next, arrivedToday, registeredToday, whole, splits },
    forecast: forecast(read, reference, { now, today, whole, registeredToday, scope }, minutes),
    hours: readHours(read, scope, today),
    weeks: readWeeks(read, scope, today),
  };
}

const addDays = (day: CourtDay, count: number): CourtDay =>
  courtDayOf(new Date(Date.parse(startOfCourtDay(day)) + count * DAY_MS).toISOString());

const between = (scope: Scope, from: string, until: string) => ({ me: scope.me, from: sinceDay(from), until: untilDay(until) });
const arrived = (read: Reading, scope: Scope, from: string, until: string, also = '1', params = {}): number =>
  read.get<{ n: number }>(`SELECT count(*) AS n FROM ${SOURCE.arrived(scope)} AND ${also}`, { ...between(scope, from, until), ...params })!
    .n;
const registered = (read: Reading, scope: Scope, from: string, until: string): number =>
  read.get<{ n: number }>(`SELECT count(*) AS n FROM ${SOURCE.registered(scope)}`, between(scope, from, until))!.n;

type Today = {
  readonly now: string;
  readonly today: CourtDay;
  readonly whole: Figures;
  readonly registeredToday: number;
  readonly scope: Scope;
};

/** Of the office alone: a judge does not register, and a person's own list is filled by hand. */
function forecast(
  read: Reading,
  reference: Reference,
  { now, today, whole, registeredToday, scope }: Today,
  minutes: (from: string, until: string) => number,
): Board['forecast'] {
  if (scope.kind !== 'office' || !isCourtDay(reference.calendarOn(today), today)) return null;
  const { n: urgentArrived } = read.get<{ n: number }>(`SELECT count(*) AS n FROM ${SOURCE.arrived(scope)} AND due_at <= @endOfToday`, {
    ...between(scope, today, today),
    endOfToday: endOfCourtDay(today),
  })!;
  const [minutesWorked, minutesLeft] = [minutes(startOfCourtDay(today), now), minutes(now, endOfCourtDay(today))];
  const { overdue, dueToday } = whole;
  const found = forecastOverdue({ overdue, dueToday, registered: registeredToday, urgentArrived, minutesWorked, minutesLeft });
  return found && { ...found, registeredToday, minutesWorked, minutesLeft };
}

/** Whole weeks, so that every weekday is counted as often as the others. */
function readHours(read: Reading, scope: Scope, today: CourtDay): Board['hours'] {
  const days = { from: addDays(today, 1 - HEAT_DAYS), until: today };
  const counts = new Map<number, number>();
  const counted =
    scope.kind === 'office'
      ? "SELECT at AS hour, n FROM board_tally WHERE what = 'hour' AND at >= @from AND at < @until"
      : `SELECT substr(received_at, 1, 13) AS hour, count(*) AS n FROM ${SOURCE.arrived(scope)} GROUP BY hour`;
  const hourOf = (instant: string) => (scope.kind === 'office' ? instant.slice(0, 13) : instant);
  const { me, from, until } = between(scope, days.from, days.until);
  for (const { hour, n } of read.all<{ hour: string; n: number }>(counted, { me, from: hourOf(from), until: hourOf(until) })) {
    const local = new Date(Date.parse(`${hour}:00:00Z`) + 5 * 3_600_000);
    const key = ((local.getUTCDay() + 6) % 7) * 24 + local.getUTCHours();
    counts.set(key, (counts.get(key) ?? 0) + n);
  }
  const cells = [...counts].sort(([a], [b]) => a - b);
  return { days, cells: cells.map(([key, n]) => ({ weekday: Math.floor(key / 24) + 1, hour: key % 24, arrived: n })) };
}

function readWeeks(read: Reading, scope: Scope, today: CourtDay): Board['weeks'] {
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
  return Array.from({ length: WEEKS }, (_, at) => {
    const from = addDays(monday, 7 * (at + 1 - WEEKS));
    const days = { from, until: addDays(from, 6) };
    return { days, arrived: arrived(read, scope, from, days.until), registered: registered(read, scope, from, days.until) };
  });
}
