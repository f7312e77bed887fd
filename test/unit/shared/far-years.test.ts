import { expect, it } from 'vitest';
import { addCourtDays, type CourtDay } from '../../../shared/domain/court-day.ts';

it('a term that would end after the last year of four digits is refused, not counted for ever', () => {
  const calendar = { daysOff: new Set<string>(), workedWeekends: new Set<string>() };
  expect(() => addCourtDays(calendar, '9999-12-30' as CourtDay, 5)).toThrow(RangeError);
});
