import { expect, it } from 'vitest';
import { forecastOverdue, MINUTES_BEFORE_FORECAST, type DaySoFar } from '../../../shared/domain/overdue-forecast.ts';

const day: DaySoFar = { overdue: 4, dueToday: 20, registered: 10, urgentArrived: 0, minutesWorked: 240, minutesLeft: 240 };

it('what is overdue or due today stays overdue less what is still registered at the pace so far', () => {
  expect(forecastOverdue(day)).toEqual({ overdue: 14, willRegister: 10, willArrive: 0 });
});

it('what still arrives with a term that ends today is added, at the pace so far', () => {
  expect(forecastOverdue({ ...day, urgentArrived: 6 })).toEqual({ overdue: 20, willRegister: 10, willArrive: 6 });
});

it('a fast office has none left, never fewer than none', () => {
  expect(forecastOverdue({ ...day, registered: 100 })).toMatchObject({ overdue: 0, willRegister: 100 });
});

it('where nothing was registered all of them stay, and so they do when the working day is over', () => {
  expect(forecastOverdue({ ...day, registered: 0 })?.overdue).toBe(24);
  expect(forecastOverdue({ ...day, minutesWorked: 480, minutesLeft: 0 })).toEqual({ overdue: 24, willRegister: 0, willArrive: 0 });
});

it('says nothing before the day has a pace', () => {
  expect(forecastOverdue({ ...day, minutesWorked: MINUTES_BEFORE_FORECAST - 1 })).toBeNull();
  expect(forecastOverdue({ ...day, minutesWorked: 0, minutesLeft: 480 })).toBeNull();
  expect(forecastOverdue({ ...day, minutesWorked: MINUTES_BEFORE_FORECAST })).not.toBeNull();
});
