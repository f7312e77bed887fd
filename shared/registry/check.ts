/** The public answer about a paper with the mark of a court; without people and without sums. */
import { z } from 'zod';
import { instantSchema, sha256Schema } from './values.ts';

export const checkAnswerSchema = z.looseObject({
  /** The registry holds an original that fits. */
  found: z.boolean(),
  original: z
    .looseObject({
      paper: z.enum(['talon', 'act']),
      court: z.looseObject({ code: z.string(), nameKk: z.string(), nameRu: z.string() }),
      /** Kind of the act; null for a talon. */
      kind: z.string().nullable(),
      incomingNumber: z.string().nullable(),
      /** Only for those who have the text of the talon's QR code before them. */
      caseNumber: z.string().nullable(),
      /** When it was registered (talon) or signed (act). */
      at: instantSchema,
      sha256: sha256Schema,
    })
    .nullable(),
});
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
