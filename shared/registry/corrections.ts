/** What the office corrects of what a filer has said, before the filing is registered. The message of the filer stays as it came. */
import { z } from 'zod';
import { partySchema } from './submissions.ts';
import { idSchema, instantSchema, textSchema } from './values.ts';

/** Everything that can be corrected, as it is after the correction. */
const corrected = {
  kind: textSchema(100),
  category: textSchema(300).nullable(),
  parties: z.array(partySchema).max(1000),
  representative: partySchema.partial({ side: true, type: true }).nullable(),
};
const correction = {
  correctionId: idSchema,
  filingId: idSchema,
  /** The first correction of a filing is 1, each further one the next. */
  number: z.number().int().positive(),
  ...corrected,
  reason: z.string().trim().min(1).max(1000),
};

export const correctionCommands = { 'filing.correct': z.strictObject({ ...correction, madeAt: instantSchema }) } as const;

/** Feed kind `filing.corrected`. */
export const correctionMessageSchema = z.looseObject({ ...correction, madeAt: instantSchema, by: idSchema });
export type CorrectionMessage = z.infer<typeof correctionMessageSchema>;
