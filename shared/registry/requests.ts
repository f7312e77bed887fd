/** What the court gives on request: papers of a fulfilled request, and a look into the case file. */
import { z } from 'zod';
import { givenDocumentSchema, idSchema, instantSchema, sha256Schema, textSchema } from './values.ts';

export const requestCommands = {
  /** Answers a request (minutes, recording, copy, writ, access, remarks); documents, a note or both. */
  'request.fulfil': z.strictObject({
    filingId: idSchema,
    documents: z.array(givenDocumentSchema).max(100),
    note: textSchema(4000).nullable(),
  }),
  /** Opens documents of the case file to a person, under the number of his filing, until a time. */
  'case-file.grant': z.strictObject({
    grantId: idSchema,
    filingId: idSchema,
    person: z.string().min(1).max(2000),
    documents: z.array(givenDocumentSchema).min(1).max(1000),
    until: instantSchema,
  }),
  'case-file.withdraw': z.strictObject({ grantId: idSchema, filingId: idSchema, reason: z.string().trim().min(1).max(1000) }),
} as const;

const given = z.looseObject(givenDocumentSchema.shape);
/** Feed kind `request.fulfilled`. */
export const requestFulfilledSchema = z.looseObject({
  filingId: idSchema,
  documents: z.array(given).max(100),
  note: textSchema(4000).nullable(),
  fulfilledAt: instantSchema,
});
export type RequestFulfilled = z.infer<typeof requestFulfilledSchema>;

/** Feed kind `case-file.changed`: granted, or withdrawn. */
export const caseFileMessageSchema = z.looseObject({
  grantId: idSchema,
  filingId: idSchema,
  person: textSchema(2000),
  documents: z.array(given).max(1000),
  grantedAt: instantSchema,
  until: instantSchema,
  withdrawnAt: instantSchema.nullable(),
  reason: textSchema(1000).nullable(),
});
export type CaseFileMessage = z.infer<typeof caseFileMessageSchema>;

/** Feed kind `case-file.seen`: the person opened a document. */
export const caseFileSeenSchema = z.looseObject({ grantId: idSchema, filingId: idSchema, sha256: sha256Schema, at: instantSchema });
export type CaseFileSeen = z.infer<typeof caseFileSeenSchema>;

/** What the filer gets of a fulfilled request. */
export const fulfilmentSchema = z.looseObject({
  fulfilledAt: instantSchema,
  note: z.string().nullable(),
  documents: z.array(given),
});
export type Fulfilment = z.infer<typeof fulfilmentSchema>;

/** The documents of the case file that are open to the filer now. */
export const caseFileSchema = z.looseObject({
  documents: z.array(given.extend({ grantId: idSchema, until: instantSchema })),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
