import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCourtDays,
  courtDayOf,
  courtDaysLeft,
  endOfCourtDay,
  isCourtDay,
  type Calendar,
  type CourtDay,
} from '../../../shared/domain/court-day.ts';
import { loadReference } from '../../../main/reference/index.ts';

const calendar = loadReference('resources').calendarOn('2026-11-21');
const day = (text: string) => text as CourtDay;

describe('court days', () => {
  it('belong to UTC+5: an evening filing is of that very day, one after midnight of the next', () => {
    expect(courtDayOf('2026-11-20T18:59:59Z')).toBe('2026-11-20');
    expect(courtDayOf('2026-11-20T19:00:00Z')).toBe('2026-11-21');
  });

  it('end at 24:00 of the last day', () => {
    expect(endOfCourtDay(day('2026-11-27'))).toBe('2026-11-27T19:00:00Z');
  });

  it('start the day after and skip weekends: five days from Friday end the next Friday', () => {
    expect(addCourtDays(calendar, day('2026-11-20'), 5)).toBe('2026-11-27');
    expect(addCourtDays(calendar, day('2026-11-21'), 5)).toBe('2026-11-27');
  });

  it('skip the holidays of the data: 16 December 2026 is Independence Day, 30 August 2026 is a working Monday shift no more', () => {
    expect(addCourtDays(calendar, day('2026-12-14'), 2)).toBe('2026-12-17');
    expect(isCourtDay(calendar, day('2026-08-31'))).toBe(true);
    expect(isCourtDay(calendar, day('2026-03-23'))).toBe(false);
  });

  it('count what is left from today: 0 on the last day, negative once it is over', () => {
    const due = endOfCourtDay(day('2026-11-27'));
    expect(courtDaysLeft(calendar, '2026-11-20T05:00:00Z', due)).toBe(5);
    expect(courtDaysLeft(calendar, '2026-11-27T18:59:00Z', due)).toBe(0);
    expect(courtDaysLeft(calendar, '2026-11-30T05:00:00Z', due)).toBe(-1);
  });

  it('agree with themselves whatever the calendar', () => {
    const days = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
      .map((d) => day(d.toISOString().slice(0, 10)));
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), fc.array(days, { maxLength: 30 }), (start, count, off) => {
        const c: Calendar = { daysOff: new Set(off), workedWeekends: new Set() };
        const end = addCourtDays(c, start, count);
        expect(isCourtDay(c, end)).toBe(true);
        expect(courtDaysLeft(c, `${start}T06:00:00Z`, endOfCourtDay(end))).toBe(count);
      }),
    );
  });
});
