/**
 * Terms in court days. The calendar is data with versions; a term ends at 24:00 of its last day in UTC+5.
 * Counting starts the day after the event; a last day that is not worked moves to the next working day (ГПК 122–123).
 */
export type Calendar = {
  /** Days off besides Saturdays and Sundays, `YYYY-MM-DD`. */
  readonly daysOff: ReadonlySet<string>;
  /** Saturdays and Sundays that are worked by a resolution. */
  readonly workedWeekends: ReadonlySet<string>;
};

/** A calendar date of the court, `YYYY-MM-DD`, in UTC+5. */
export type CourtDay = string & { readonly __courtDay: never };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The whole republic is UTC+5 since 1 March 2024. */
const OFFSET_MS = 5 * HOUR_MS;

export function courtDayOf(instant: string): CourtDay {
  return new Date(Date.parse(instant) + OFFSET_MS).toISOString().slice(0, 10) as CourtDay;
}

/** The last day that is written `YYYY-MM-DD`. */
const LAST_DAY_MS = Date.parse('9999-12-31T00:00:00Z');

function addDays(day: CourtDay, days: number): CourtDay {
  const ms = Date.parse(`${day}T00:00:00Z`) + days * DAY_MS;
  if (!(ms <= LAST_DAY_MS)) throw new RangeError(`${days} days after ${day} there is no court day`);
  return new Date(ms).toISOString().slice(0, 10) as CourtDay;
}

export function isCourtDay(calendar: Calendar, day: CourtDay): boolean {
  if (calendar.workedWeekends.has(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.daysOff.has(day);
}

/** The last day of a term of `count` court days that began with an event on `start`. */
export function addCourtDays(calendar: Calendar, start: CourtDay, count: number): CourtDay {
  let day = start;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isCourtDay(calendar, day)) left--;
  }
  return day;
}

/** The instant at which a term ending on this day is over: 24:00 in UTC+5, as UTC. */
export function endOfCourtDay(day: CourtDay): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS - OFFSET_MS).toISOString().replace('.000Z', 'Z');
}

/** The instant at which a day of the court begins: 0:00 in UTC+5, as UTC. */
export const startOfCourtDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS).toISOString().replace('.000Z', 'Z');

/** Court days left after today until the last day; 0 on the last day, negative when overdue. */
export function courtDaysLeft(calendar: Calendar, now: string, dueAt: string): number {
  const today = courtDayOf(now);
  const last = courtDayOf(new Date(Date.parse(dueAt) - 1).toISOString());
  const [from, to, sign] = today <= last ? [today, last, 1] : [last, today, -1];
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isCourtDay(calendar, day)) count++;
  }
  return count === 0 ? 0 : sign * count;
}
