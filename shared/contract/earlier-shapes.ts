/** What became of the remarks of the court when a filing that was sent back comes again. */
import { z } from 'zod';
import { filingStateShape } from './filing-state-shape.ts';
import { noticeShape } from './proposal-shapes.ts';

const instant = z.string();

/** A field of the form before and now, as text; null where it was not given. Text key `earlier.field.<field>`. */
export const changedFieldShape = z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type ChangedField = z.infer<typeof changedFieldShape>;

/** `signed-anew`: the same bytes with other signatures. `before` and `after` are ids of documents of the two filings. */
export const comparedDocumentShape = z.strictObject({
  change: z.enum(['same', 'signed-anew', 'changed', 'added', 'gone']),
  role: z.string(),
  title: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Both are PDF files and here: their words can be compared page by page. */
  words: z.boolean(),
});
export type ComparedDocument = z.infer<typeof comparedDocumentShape>;

/** A reason for which the earlier filing was sent back. `outcome`: something of what it speaks about is other now, nothing is, or the data cannot tell. */
export const earlierRemarkShape = z.strictObject({
  code: z.string(),
  article: z.string(),
  nameKk: z.string(),
  nameRu: z.string(),
  note: z.string().nullable(),
  outcome: z.enum(['changed', 'same', 'not-known']),
  /** What of it is other: fields by name, documents by title. */
  fields: z.array(z.string()),
  documents: z.array(z.string()),
});
export type EarlierRemark = z.infer<typeof earlierRemarkShape>;

export const earlierFilingShape = z.strictObject({
  id: z.string(),
  cabinetNumber: z.string(),
  incomingNumber: z.string().nullable(),
  receivedAt: instant,
  state: filingStateShape,
  /** The sender named it; else it was found by the same people and kind. */
  named: z.boolean(),
  /** How many filings came before in this chain. */
  attempts: z.number(),
  ruling: z.strictObject({ actId: z.string(), kind: z.string(), signedAt: instant }).nullable(),
  remarks: z.array(earlierRemarkShape),
  /** What the office told the filer then; null where this desk did not propose it. */
  notice: noticeShape.nullable(),
  fields: z.array(changedFieldShape),
  documents: z.array(comparedDocumentShape),
});
export type EarlierFiling = z.infer<typeof earlierFilingShape>;
