import { courtDayOf, endOfCourtDay, isCourtDay, startOfCourtDay, type Calendar, type CourtDay } from './court-day.ts';

/** When people of the court work on a working day, `HH:MM` in UTC+5. */
export type WorkingHours = {
  readonly from: string;
  readonly until: string;
  readonly pause: { readonly from: string; readonly until: string } | null;
};

/** Whether a day is worked, and when, by the editions that count on it. */
export type WorkingTime = { readonly calendarOn: (day: string) => Calendar; readonly hoursOn: (day: string) => WorkingHours };

const MINUTE_MS = 60_000;
const offsetMs = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE_MS;

/** Minutes of working time between two instants, rounded down; 0 when the second is not after the first. */
export function workingMinutes({ calendarOn, hoursOn }: WorkingTime, from: string, until: string): number {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  let spent = 0;
  for (let day = courtDayOf(from); Date.parse(startOfCourtDay(day)) < last; day = courtDayOf(endOfCourtDay(day))) {
    if (!isCourtDay(calendarOn(day), day)) continue;
    for (const [begin, end] of spansOf(day, hoursOn(day))) spent += Math.max(0, Math.min(end, last) - Math.max(begin, first));
  }
  return Math.floor(spent / MINUTE_MS);
}

function spansOf(day: CourtDay, { from, until, pause }: WorkingHours): [number, number][] {
  const midnight = Date.parse(startOfCourtDay(day));
  const at = (time: string) => midnight + offsetMs(time);
  return pause === null
    ? [[at(from), at(until)]]
    : [
        [at(from), at(pause.from)],
        [at(pause.until), at(until)],
      ];
}
