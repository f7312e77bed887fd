import { z } from 'zod';
import { readLaw } from './read-law.ts';

const retentionSchema = z.strictObject({
  version: z.string(),
  source: z.string(),
  editions: z
    .array(
      z.strictObject({
        validFrom: z.iso.date(),
        /** What is kept for less is needed by those who look into a breach. */
        journalYears: z.number().int().min(1).max(100),
        draftMonths: z.number().int().min(1).max(1200),
      }),
    )
    .min(1),
});

/** How long a desk keeps what stands in its journal, and what was typed into a form and never sent. */
export type RetentionTerms = { readonly journalYears: number; readonly draftMonths: number };

/** The terms that count on a day; before the first edition, the first. @throws BrokenReference */
export function readRetentionTerms(json: string): (day: string) => RetentionTerms {
  const { editions } = readLaw('retention.json', json, retentionSchema);
  const ordered = [...editions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return (day) => ordered.findLast(({ validFrom }) => validFrom <= day) ?? ordered[0]!;
}
