import { z } from 'zod';
import { BrokenReference, readLaw } from './read-law.ts';

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
        /** Of reports that were made for a month; a report of the last year would be made anew. */
        reportYears: z.number().int().min(2).max(100),
        /** After the last of it is done. */
        filingYears: z.number().int().min(1).max(100),
        /** Kinds of filings that are kept longer or shorter. */
        filingYearsByKind: z.record(z.string(), z.number().int().min(1).max(100)),
      }),
    )
    .min(1),
});

/** How long a desk keeps what stands in its journal, what was typed into a form and never sent, reports of a month, and filings of which all is done. */
export type RetentionTerms = {
  readonly journalYears: number;
  readonly draftMonths: number;
  readonly reportYears: number;
  readonly filingYears: number;
  readonly filingYearsByKind: Readonly<Record<string, number>>;
};

/** The terms that count on a day; before the first edition, the first. @throws BrokenReference */
export function readRetentionTerms(json: string, isKind: (id: string) => boolean): (day: string) => RetentionTerms {
  const { editions } = readLaw('retention.json', json, retentionSchema);
  for (const kind of editions.flatMap(({ filingYearsByKind }) => Object.keys(filingYearsByKind)))
    if (!isKind(kind)) throw new BrokenReference('retention.json', `editions: ${kind} is no kind of a filing`);
  const ordered = [...editions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return (day) => ordered.findLast(({ validFrom }) => validFrom <= day) ?? ordered[0]!;
}
