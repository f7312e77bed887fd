import { courtDayOf, isCourtDay } from './court-day.ts';
import type { WorkingTime } from './working-time.ts';

const OFFSET_MS = 5 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

/** Minutes of working time between many pairs of instants: the same as `workingMinutes`, which looks at every day of every pair anew. */
export function workingClock({ calendarOn, hoursOn }: WorkingTime): (from: string, until: string) => number {
  const days = new Map<number, { readonly spans: readonly (readonly [number, number])[]; readonly whole: number }>();
  const dayAt = (number: number) => {
    let known = days.get(number);
    if (known === undefined) {
      const start = number * DAY_MS - OFFSET_MS;
      const day = courtDayOf(new Date(start).toISOString());
      const { from, until, pause } = hoursOn(day);
      const at = (time: string) => start + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE_MS;
      const spans = !isCourtDay(calendarOn(day), day)
        ? []
        : pause === null
          ? [[at(from), at(until)] as const]
          : [[at(from), at(pause.from)] as const, [at(pause.until), at(until)] as const];
      days.set(number, (known = { spans, whole: spans.reduce((sum, [begin, end]) => sum + end - begin, 0) }));
    }
    return known;
  };
  return (from, until) => {
    const [first, last] = [Date.parse(from), Date.parse(until)];
    if (!(first < last)) return 0;
    const [firstDay, lastDay] = [first, last].map((ms) => Math.floor((ms + OFFSET_MS) / DAY_MS)) as [number, number];
    let spent = 0;
    for (let number = firstDay; number <= lastDay; number++) {
      const { spans, whole } = dayAt(number);
      if (number > firstDay && number < lastDay) spent += whole;
      else for (const [begin, end] of spans) spent += Math.max(0, Math.min(end, last) - Math.max(begin, first));
    }
    return Math.floor(spent / MINUTE_MS);
  };
}
