/** What the window is told of filings that are being taken on paper. */
import { z } from 'zod';
import { PAPER_FAULTS, paperFormSchema } from '../domain/paper-form.ts';

/** Unfinished work at the counter, as it is picked from a list. */
export const paperSummaryShape = z.strictObject({ id: z.string(), changedAt: z.string(), kind: z.string(), claimant: z.string() });
export type PaperSummary = z.infer<typeof paperSummaryShape>;

export const paperWorkShape = z.strictObject({ id: z.string(), form: paperFormSchema, changedAt: z.string() });
export type PaperWorkView = z.infer<typeof paperWorkShape>;

export const takenPaperShape = z.strictObject({
  /** Null when it was not taken. */
  filingId: z.string().nullable(),
  faults: z.array(z.strictObject({ field: z.string(), code: z.enum(PAPER_FAULTS) })),
});
export type TakenPaper = z.infer<typeof takenPaperShape>;
