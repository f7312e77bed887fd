/** What the window is told of filings that are being taken on paper. */
import { z } from 'zod';
import { ASKED_TYPES, PAPER_FAULTS, PAPER_SIDES, type PaperForm, type PaperKind } from '../domain/paper-form.ts';
import { DROPPED_BYTES, TURNS, type Arrangement } from '../domain/paper-pages.ts';

const text = (most: number) => z.string().max(most);
const person = { identifier: text(40), name: text(2000), address: text(2000), phone: text(200), email: text(400) };
/** Every member is text as it was typed, also where it is no good yet. */
export const paperFormSchema: z.ZodType<PaperForm, PaperForm> = z.strictObject({
  kind: text(100),
  language: z.enum(['kk', 'ru']),
  category: text(300),
  claimValue: text(40),
  parties: z
    .array(z.strictObject({ side: z.enum(PAPER_SIDES), type: z.enum(['person', 'organisation']), ...person }))
    .min(1)
    .max(100),
  representative: z.strictObject({ identifier: text(40), name: text(2000) }).nullable(),
  payment: z.strictObject({ amount: text(40), date: text(40), number: text(200), payer: text(40), kbk: text(40) }).nullable(),
  case: text(100),
  fields: z.record(text(60), text(4000)),
});
export const paperKindShape: z.ZodType<PaperKind, PaperKind> = z.strictObject({
  id: z.string(),
  duty: z.boolean(),
  case: z.enum(['none', 'may', 'named']),
  fields: z.array(
    z.strictObject({
      ...{ id: z.string(), nameKk: z.string(), nameRu: z.string(), nameEn: z.string() },
      type: z.enum(ASKED_TYPES),
      required: z.boolean(),
    }),
  ),
});

export const droppedBytesShape = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= DROPPED_BYTES,
  'bytes of a file, not too many',
);

export const pageTurnShape = z.literal(TURNS);
const placed = { id: z.uuid(), turn: pageTurnShape, straighten: z.boolean() };
export const arrangementSchema: z.ZodType<Arrangement, Arrangement> = z.strictObject({
  documents: z
    .array(z.strictObject({ id: z.uuid(), role: text(100), title: text(1000), pages: z.array(z.strictObject(placed)).min(1).max(2000) }))
    .max(500),
  dropped: z.array(z.strictObject({ ...placed, why: z.enum(['blank', 'deleted']) })).max(2000),
});

/** Unfinished work at the counter, as it is picked from a list. */
export const paperSummaryShape = z.strictObject({
  ...{ id: z.string(), changedAt: z.string(), kind: z.string(), claimant: z.string() },
  pages: z.number(),
  /** Number and name of the filing that its documents are for; null when a filing of its own comes out of it. */
  annexTo: z.string().nullable(),
});
export type PaperSummary = z.infer<typeof paperSummaryShape>;

const PAGE_WARNINGS = ['light', 'skewed', 'cut', 'low-resolution'] as const;
export type PageWarning = (typeof PAGE_WARNINGS)[number];
export const paperPageShape = z.strictObject({
  id: z.string(),
  source: z.enum(['picture', 'pdf']),
  /** Its place in the file it came from, from 0. */
  page: z.number(),
  dpi: z.number(),
  /** Degrees clockwise that make it stand straight; 0 when it does. */
  skew: z.number(),
  warnings: z.array(z.enum(PAGE_WARNINGS)),
});
export type PaperPageView = z.infer<typeof paperPageShape>;

/** The filing that is here already and that papers are handed in to. */
export const annexTargetShape = z.strictObject({
  filingId: z.string(),
  /** The best known of its numbers; empty when it has none yet. */
  number: z.string(),
  kind: z.string(),
  claimant: z.string(),
  language: z.enum(['kk', 'ru']),
  /** Those of the filing who may have brought them. */
  people: z.array(z.string()),
  handedInBy: z.string(),
});
export type AnnexTarget = z.infer<typeof annexTargetShape>;

export const paperWorkShape = z.strictObject({
  id: z.string(),
  form: paperFormSchema,
  annexTo: annexTargetShape.nullable(),
  changedAt: z.string(),
  pages: z.array(paperPageShape),
  arrangement: arrangementSchema,
  /** Of the arrangement. */
  revision: z.number(),
});
export type PaperWorkView = z.infer<typeof paperWorkShape>;

export const scannerShape = z.strictObject({
  ...{ id: z.string(), name: z.string() },
  dpi: z.array(z.number()),
  ...{ color: z.boolean(), feeder: z.boolean(), glass: z.boolean() },
});
export type ScannerView = z.infer<typeof scannerShape>;

export const documentNoteShape = z.strictObject({
  title: z.string(),
  reduction: z.enum(['none', 'quality', 'resolution', 'grey']),
  /** More than one: it was split, because it was too large all the same. */
  parts: z.number(),
});
export type DocumentNote = z.infer<typeof documentNoteShape>;

export const takenPaperShape = z.strictObject({
  /** Null when it was not taken. */
  filingId: z.string().nullable(),
  faults: z.array(z.strictObject({ field: z.string(), code: z.enum(PAPER_FAULTS) })),
  notes: z.array(documentNoteShape),
});
export type TakenPaper = z.infer<typeof takenPaperShape>;
