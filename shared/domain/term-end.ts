import { addCourtDays, endOfCourtDay, isCourtDay, type Calendar, type CourtDay } from './court-day.ts';

export const TERM_UNITS = ['working_day', 'next_working_day', 'next_day', 'month', 'year'] as const;
export type TermUnit = (typeof TERM_UNITS)[number];

const DAY_MS = 24 * 3_600_000;
const dayAt = (time: number): CourtDay => new Date(time).toISOString().slice(0, 10) as CourtDay;
const timeOf = (day: CourtDay): number => Date.parse(`${day}T00:00:00Z`);

/** The same day of a later month, or of an earlier one, or its last day where it has no such day (ГПК 123(2)). */
export function addMonths(day: CourtDay, months: number): CourtDay {
  const from = new Date(timeOf(day));
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1);
  const month = new Date(first);
  const lastDay = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  return dayAt(first + (Math.min(from.getUTCDate(), lastDay) - 1) * DAY_MS);
}

function lastDay(calendar: Calendar, start: CourtDay, value: number, unit: TermUnit): CourtDay {
  switch (unit) {
    case 'working_day':
      return addCourtDays(calendar, start, value);
    case 'next_working_day':
      return addCourtDays(calendar, start, 1);
    case 'next_day':
      return dayAt(timeOf(start) + DAY_MS);
    case 'month':
      return addMonths(start, value);
    case 'year':
      return addMonths(start, value * 12);
  }
}

/**
 * When a term is over that began with an event on `start`: 24:00 in UTC+5 of its last day, as UTC. A last day that is not worked moves to the
 * next one that is (ГПК 123(4)).
 */
export function termEnd(calendar: Calendar, start: CourtDay, { value, unit }: { value: number; unit: TermUnit }): string {
  let day = lastDay(calendar, start, value, unit);
  while (!isCourtDay(calendar, day)) day = dayAt(timeOf(day) + DAY_MS);
  return endOfCourtDay(day);
}
