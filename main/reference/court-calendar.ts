import { z } from 'zod';
import type { Calendar } from '../../shared/domain/court-day.ts';
import { BrokenReference, readLaw } from './read-law.ts';

const day = z.iso.date();
const holidaysSchema = z.looseObject({
  editions: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        /** First day on which it counts: a calendar is changed in the middle of a year. */
        validFrom: day,
        source: z.string(),
        /** All days off besides Saturdays and Sundays that this edition knows, of every year. */
        daysOff: z.array(day),
        workedWeekends: z.array(day),
      }),
    )
    .min(1),
});

/** Days off as they were known from a day on. Terms are counted by the edition of their day and say which it was. */
export type CalendarEdition = Calendar & { readonly id: string; readonly validFrom: string; readonly source: string };

/**
 * The edition that counts on a court day; before the first, the first.
 * @param json holidays.json
 * @throws BrokenReference
 */
export function readCourtCalendars(json: string): (day: string) => CalendarEdition {
  const { editions } = readLaw('holidays.json', json, holidaysSchema);
  const ordered = editions
    .map(({ daysOff, workedWeekends, ...edition }) => ({ ...edition, daysOff: new Set(daysOff), workedWeekends: new Set(workedWeekends) }))
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  if (new Set(ordered.map(({ id }) => id)).size !== ordered.length) throw new BrokenReference('holidays.json', 'two editions have one id');
  return (wanted) => ordered.findLast(({ validFrom }) => validFrom <= wanted) ?? ordered[0]!;
}
