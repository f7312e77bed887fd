import { z } from 'zod';

const codeSchema = z.strictObject({
  code: z.string(),
  article: z.string(),
  nameKk: z.string(),
  nameRu: z.string(),
  /** What of a filing it speaks about: fields of the form, and documents by role. `main` is the filing's own text, `annex` any other document. */
  about: z.strictObject({
    fields: z.array(z.enum(['parties', 'representative', 'claim', 'payment', 'language', 'form'])),
    roles: z.array(z.string()),
    signatures: z.boolean(),
  }),
});
const defectCodesSchema = z.looseObject({
  /** How long ago a filing may have been sent back that a new one of the same people is taken to mend. */
  resubmission: z.looseObject({ days: z.number().int().positive(), source: z.string() }),
  codes: z.array(codeSchema),
});

/** A reason for which a filing may be sent back, with the article it rests on and its words for court papers. */
export type DefectCode = z.infer<typeof codeSchema>;

export function readDefectCodes(json: string): { codes: readonly DefectCode[]; resubmissionDays: number } {
  const { codes, resubmission } = defectCodesSchema.parse(JSON.parse(json));
  return { codes, resubmissionDays: resubmission.days };
}
