import { expect, it } from 'vitest';
import { workingMinutes, type WorkingTime } from '../../../shared/domain/working-time.ts';

const hours = { from: '09:00', until: '18:30', pause: { from: '13:00', until: '14:30' } };
const time: WorkingTime = {
  calendarOn: (day) => ({ daysOff: new Set(day >= '2026-11-01' ? ['2026-11-04'] : []), workedWeekends: new Set(['2026-11-14']) }),
  hoursOn: () => hours,
};
/** Of the court, UTC+5. */
const at = (text: string) => new Date(`${text}:00+05:00`).toISOString();

it('counts the hours that are worked: not the pause, the night, a weekend or a day off', () => {
  expect(workingMinutes(time, at('2026-11-02T09:00'), at('2026-11-02T18:30'))).toBe(8 * 60);
  expect(workingMinutes(time, at('2026-11-02T12:00'), at('2026-11-02T15:00'))).toBe(90);
  expect(workingMinutes(time, at('2026-11-02T18:00'), at('2026-11-03T09:10'))).toBe(40);
  expect(workingMinutes(time, at('2026-11-03T18:00'), at('2026-11-05T10:00'))).toBe(90);
  expect(workingMinutes(time, at('2026-11-06T18:00'), at('2026-11-09T09:30'))).toBe(60);
  expect(workingMinutes(time, at('2026-11-14T09:00'), at('2026-11-14T10:00'))).toBe(60);
});

it('is nothing where no time has passed or it went back', () => {
  expect(workingMinutes(time, at('2026-11-02T10:00'), at('2026-11-02T10:00'))).toBe(0);
  expect(workingMinutes(time, at('2026-11-03T10:00'), at('2026-11-02T10:00'))).toBe(0);
});

it('two parts of a time make the whole', () => {
  const [from, middle, until] = [at('2026-11-02T10:15'), at('2026-11-05T11:45'), at('2026-11-16T17:00')];
  expect(workingMinutes(time, from, middle) + workingMinutes(time, middle, until)).toBe(workingMinutes(time, from, until));
});
