import { z } from 'zod';
import { MEND_FACTS } from '../../shared/domain/mend-text.ts';

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
  /** Words of what is to be mended, those that name the most first. */
  mend: z.array(z.strictObject({ needs: z.array(z.enum(MEND_FACTS)), kk: z.string(), ru: z.string() })),
});
const noticeSchema = z.strictObject({ opening: z.string(), item: z.string(), mend: z.string(), closing: z.string() });
const bothSchema = z.strictObject({ kk: noticeSchema, ru: noticeSchema });
const defectCodesSchema = z.looseObject({
  /** How long ago a filing may have been sent back that a new one of the same people is taken to mend. */
  resubmission: z.looseObject({ days: z.number().int().positive(), source: z.string() }),
  /** What the filer is told, by what is proposed to the judge. */
  notice: z.strictObject({ return: bothSchema, refuse: bothSchema, transfer: bothSchema }),
  codes: z.array(codeSchema),
});

/** A reason for which a filing may be sent back, with the article it rests on and its words for court papers. */
export type DefectCode = z.infer<typeof codeSchema>;

export type NoticeWords = z.infer<typeof defectCodesSchema>['notice'];

export function readDefectCodes(json: string): { codes: readonly DefectCode[]; resubmissionDays: number; notice: NoticeWords } {
  const { codes, resubmission, notice } = defectCodesSchema.parse(JSON.parse(json));
  return { codes, resubmissionDays: resubmission.days, notice };
}
