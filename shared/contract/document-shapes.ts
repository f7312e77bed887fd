/** What a foreign document is shown as: typed blocks of our own, never markup of the file. */
import { z } from 'zod';
import { documentShape } from './shapes.ts';

const runShape = z.strictObject({ text: z.string(), bold: z.boolean(), italic: z.boolean(), link: z.boolean() });
export type TextRun = z.infer<typeof runShape>;

const cellShape = z.strictObject({ columns: z.number().int(), rows: z.number().int(), paragraphs: z.array(z.array(runShape)) });

export const documentBlockShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), level: z.number().int().min(1).max(6), runs: z.array(runShape) }),
  z.strictObject({ type: z.literal('paragraph'), runs: z.array(runShape) }),
  /** An item of a list; `depth` 0 is outermost. */
  z.strictObject({ type: z.literal('item'), ordered: z.boolean(), depth: z.number().int().min(0), runs: z.array(runShape) }),
  z.strictObject({ type: z.literal('table'), rows: z.array(z.array(cellShape)) }),
  /** Stands where a picture is left out. */
  z.strictObject({ type: z.literal('picture') }),
  /** A sheet of a workbook: the values of its cells as text; `hiddenRows` says how many more it has than are shown. */
  z.strictObject({ type: z.literal('sheet'), name: z.string(), rows: z.array(z.array(z.string())), hiddenRows: z.number().int() }),
]);
export type DocumentBlock = z.infer<typeof documentBlockShape>;

/** What a file carries besides what is shown of it. Text key `document.warning.<name>`. */
export const DOCUMENT_WARNINGS = ['macros', 'external-links', 'embedded-objects', 'active-controls', 'dde', 'formulas'] as const;
export type DocumentWarning = (typeof DOCUMENT_WARNINGS)[number];

/** Why a document is not read. Text key `document.unreadable.<name>`. */
export const UNREADABLE_REASONS = [
  'encrypted',
  'malformed',
  'old-format',
  'unsupported',
  'entities',
  'limit-size',
  'limit-time',
  'limit-memory',
  'limit-inflated',
  'limit-parts',
  'stopped',
] as const;
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

export const safeDocumentShape = z.strictObject({
  blocks: z.array(documentBlockShape),
  warnings: z.array(z.enum(DOCUMENT_WARNINGS)),
  /** There is more than is shown. */
  cut: z.boolean(),
});
export type SafeDocument = z.infer<typeof safeDocumentShape>;

export const documentProgressShape = z.strictObject({ documentId: z.string(), received: z.number(), size: z.number() });
export type DocumentProgress = z.infer<typeof documentProgressShape>;

const placeShape = z.strictObject({ documentId: z.string(), page: z.number().int(), /** As it stands there. */ text: z.string() });
export const comparedFactShape = z.strictObject({
  field: z.enum(['name', 'iin', 'bin', 'claim-value']),
  /** Whose it is; null of the filing itself. */
  who: z.string().nullable(),
  value: z.string(),
  /** `part`: the surname or the main word of a name alone. */
  found: z.enum(['whole', 'part', 'none']),
  places: z.array(placeShape),
});
export type ComparedFact = z.infer<typeof comparedFactShape>;
export const comparisonShape = z.strictObject({
  facts: z.array(comparedFactShape),
  /** Documents whose text is still being read. */
  reading: z.number().int(),
  /** Documents without text: scans, pictures, what could not be read. */
  unread: z.array(z.string()),
});
export type Comparison = z.infer<typeof comparisonShape>;

/** The document in a window of its own. `follows`: it goes along with what the desk shows. */
export const tornDocumentShape = z.strictObject({
  filingId: z.string(),
  document: documentShape,
  language: z.enum(['kk', 'ru']),
  number: z.string(),
  claimant: z.string(),
  follows: z.boolean(),
});
export type TornDocument = z.infer<typeof tornDocumentShape>;
