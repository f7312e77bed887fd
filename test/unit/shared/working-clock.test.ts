import { expect, it } from 'vitest';
import { workingClock } from '../../../shared/domain/working-clock.ts';
import { workingMinutes, type WorkingTime } from '../../../shared/domain/working-time.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const time: WorkingTime = {
  calendarOn: (day) =>
    day < '2026-11-18'
      ? { daysOff: new Set(['2026-11-16']), workedWeekends: new Set(['2026-11-14']) }
      : { daysOff: new Set(['2026-11-23']), workedWeekends: new Set() },
  hoursOn: (day) =>
    day < '2026-11-17'
      ? { from: '08:00', until: '17:00', pause: null }
      : { from: '09:00', until: '18:30', pause: { from: '13:00', until: '14:30' } },
};

it('counts the hours that are worked, and neither nights, pauses nor days off', () => {
  const minutes = workingClock(time);
  // Friday 18:00 to the Tuesday after a Monday off, 09:10
  expect(minutes('2026-11-20T13:00:00Z', '2026-11-24T04:10:00Z')).toBe(40);
  expect(minutes('2026-11-20T08:00:00Z', '2026-11-20T09:30:00Z')).toBe(0);
  expect(minutes('2026-11-20T07:00:00Z', '2026-11-20T06:00:00Z')).toBe(0);
});

it('agrees with looking at every day anew, over changes of hours and calendar', () => {
  const random = seededRandom(77);
  const minutes = workingClock(time);
  const instant = () => new Date(Date.parse('2026-11-10T00:00:00Z') + random() * 16 * 86_400_000).toISOString();
  for (let i = 0; i < 500; i++) {
    const [a, b] = [instant(), instant()];
    expect(minutes(a, b)).toBe(workingMinutes(time, a, b));
  }
});
