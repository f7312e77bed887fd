import { z } from 'zod';
import type { WorkingHours } from '../../shared/domain/working-time.ts';
import { readLaw } from './read-law.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const span = z.strictObject({ from: time, until: time }).refine(({ from, until }) => from < until, 'ends before it begins');
const hoursSchema = z.strictObject({
  version: z.string(),
  source: z.string(),
  editions: z
    .array(
      z
        .strictObject({ validFrom: z.iso.date(), from: time, until: time, pause: span.nullable() })
        .refine(({ from, until }) => from < until, 'ends before it begins')
        .refine(
          ({ from, until, pause }) => pause === null || (from <= pause.from && pause.until <= until),
          'the pause lies outside the day',
        ),
    )
    .min(1),
});

/** The working hours that count on a court day; before the first edition, the first. @throws BrokenReference */
export function readWorkingHours(json: string): (day: string) => WorkingHours {
  const { editions } = readLaw('working-hours.json', json, hoursSchema);
  const ordered = [...editions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return (day) => ordered.findLast(({ validFrom }) => validFrom <= day) ?? ordered[0]!;
}
