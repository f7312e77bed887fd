/** What a search of this desk answers, and what may be told on the telephone. */
import { z } from 'zod';
import { FILING_STATES } from '../domain/filing-status.ts';

/** The most of a group. */
export const SEARCH_GROUP = 8;

const foundFilingShape = z.strictObject({
  id: z.string(),
  cabinetNumber: z.string(),
  incomingNumber: z.string().nullable(),
  caseNumber: z.string().nullable(),
  kind: z.string(),
  state: z.enum(FILING_STATES),
  claimant: z.string(),
  respondent: z.string().nullable(),
  receivedAt: z.string(),
});
export type FoundFiling = z.infer<typeof foundFilingShape>;
/** `filingId`: of a filing of it that this desk has; null when there is none. */
const foundCaseShape = z.strictObject({ number: z.string(), filingId: z.string().nullable() });
export type FoundCase = z.infer<typeof foundCaseShape>;
const foundDocumentShape = z.strictObject({
  filingId: z.string(),
  documentId: z.string(),
  title: z.string(),
  page: z.number(),
  number: z.string(),
  excerpt: z.string(),
});
export type FoundDocument = z.infer<typeof foundDocumentShape>;

export const foundShape = z.strictObject({
  filings: z.array(foundFilingShape),
  cases: z.array(foundCaseShape),
  documents: z.array(foundDocumentShape),
  /** It was searched by an IIN or BIN, or a number of as many digits; each hit is a look. */
  identifier: z.boolean(),
  /** The same keys in the other keyboard layout, when only they find something. */
  suggestion: z.string().nullable(),
});
export type Found = z.infer<typeof foundShape>;

/** What a caller of the 1401 line may be told about a filing: its own numbers and where it is, no names, no contents. */
export const callCardShape = z.strictObject({
  filingId: z.string(),
  numbers: z.array(z.string()),
  /** One sentence each, to be read aloud. */
  status: z.strictObject({ kk: z.string(), ru: z.string() }),
  next: z.strictObject({ kk: z.string(), ru: z.string() }),
  /** `YYYY-MM-DD`, by when; null where no term is known. */
  by: z.string().nullable(),
});
export type CallCard = z.infer<typeof callCardShape>;
