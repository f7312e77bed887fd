/** What a filer says, in the cabinet or on paper at the counter. */
import { z } from 'zod';
import { sha256Schema, tengeSchema, textSchema } from './values.ts';

export const partySchema = z.looseObject({
  side: textSchema(40),
  type: textSchema(40),
  iin: textSchema(40).nullish(),
  bin: textSchema(40).nullish(),
  name: textSchema(2000),
  address: textSchema(2000).nullish(),
  phone: textSchema(200).nullish(),
  email: textSchema(400).nullish(),
});
export type Party = z.infer<typeof partySchema>;

export const paymentSchema = z.looseObject({
  amount: tengeSchema,
  date: textSchema(40),
  number: textSchema(200),
  payerId: textSchema(40).nullish(),
  kbk: textSchema(40).nullish(),
});
export type Payment = z.infer<typeof paymentSchema>;

export const signatureFileSchema = z.looseObject({ fileName: textSchema(500), size: z.number().int().nonnegative(), sha256: sha256Schema });
export const filingDocumentSchema = z.looseObject({
  role: textSchema(100),
  title: textSchema(1000),
  fileName: textSchema(500),
  size: z.number().int().nonnegative(),
  sha256: sha256Schema,
  signatures: z.array(signatureFileSchema).max(100),
});
export type FilingDocumentMessage = z.infer<typeof filingDocumentSchema>;

/** What the filer says; kinds and roles are ids of resources/reference/document_types.csv, unknown ones travel too. */
export const filingBody = {
  court: z.string().regex(/^\d{4}$/),
  kind: textSchema(100),
  language: textSchema(20),
  category: textSchema(300).nullish(),
  claimValue: tengeSchema.nullish(),
  parties: z.array(partySchema).max(1000),
  representative: partySchema.partial({ side: true, type: true }).nullish(),
  payment: paymentSchema.nullish(),
  /** The case this filing belongs to, when it joins one. */
  case: textSchema(100).nullish(),
  /** Cabinet number of the filing that the court sent back and this one mends. */
  resubmits: textSchema(40).nullish(),
};
export const filingSubmissionSchema = z.looseObject({ ...filingBody, documents: z.array(filingDocumentSchema).max(1000) });
export type FilingSubmission = z.infer<typeof filingSubmissionSchema>;
