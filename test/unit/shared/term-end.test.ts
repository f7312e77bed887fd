import { describe, expect, it } from 'vitest';
import type { Calendar, CourtDay } from '../../../shared/domain/court-day.ts';
import { termEnd, type TermUnit } from '../../../shared/domain/term-end.ts';

const calendar: Calendar = { daysOff: new Set(['2026-12-16']), workedWeekends: new Set() };
/** The last day of the term: it is over at 24:00 of it, UTC+5. */
const lastDay = (start: string, value: number, unit: TermUnit) => {
  const end = termEnd(calendar, start as CourtDay, { value, unit });
  expect(end).toMatch(/T19:00:00Z$/);
  return end.slice(0, 10);
};

describe('a term of the law', () => {
  it.each([
    ['3 court days from a Friday end on Wednesday', '2026-11-20', 3, 'working_day', '2026-11-25'],
    ['the next day is the next day', '2026-11-23', 1, 'next_day', '2026-11-24'],
    ['the next day after a Friday moves to Monday', '2026-11-20', 1, 'next_day', '2026-11-23'],
    ['the next court day after a Friday is Monday', '2026-11-20', 1, 'next_working_day', '2026-11-23'],
    ['a month ends on the same number', '2026-11-23', 1, 'month', '2026-12-23'],
    ['a month that lacks the number ends on its last day', '2026-12-31', 2, 'month', '2027-03-01'],
    ['a month over the turn of a year', '2026-11-30', 3, 'month', '2027-03-01'],
    ['a last day that is a day off moves to the next court day', '2026-11-16', 1, 'month', '2026-12-17'],
    ['five years', '2026-11-23', 5, 'year', '2031-11-24'],
  ] as const)('%s', (_, start, value, unit, end) => {
    expect(lastDay(start, value, unit)).toBe(end);
  });
});
