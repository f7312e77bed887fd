/** Shapes that answers to the window are made of. Instants are UTC ISO strings, money is tenge as decimal text, ids are UUIDs. */
import { z } from 'zod';
import { earlierFilingShape } from './earlier-shapes.ts';
import { filingStateShape } from './filing-state-shape.ts';
import { defectShape, madeProposalShape, recalledProposalShape } from './proposal-shapes.ts';
import { contentShape, dutyShape, filingLinkShape } from './finding-shapes.ts';
import { heldShape, takenOverShape } from './lease-shapes.ts';
import { signatureCardShape, signatureStateShape } from './signature-shapes.ts';

const instant = z.string();
const nullableText = z.string().nullable();

export { filingStateShape };
export const overallVerdictShape = z.enum(['valid', 'undecided', 'invalid', 'unsigned']);

/** A kind of filing or role of a document, from the reference data. `known` is false for an id that the data does not hold. */
export const documentTypeShape = z.strictObject({
  id: z.string(),
  nameKk: z.string(),
  nameRu: z.string(),
  nameEn: z.string(),
  known: z.boolean(),
});
export type DocumentType = z.infer<typeof documentTypeShape>;

export const queueRowShape = z.strictObject({
  id: z.string(),
  cabinetNumber: z.string(),
  incomingNumber: nullableText,
  caseNumber: nullableText,
  kind: z.string(),
  state: filingStateShape,
  flagged: z.boolean(),
  /** `arriving`: documents still on their way; `damaged`: something of it is missing, changed or unreadable. */
  intake: z.enum(['arriving', 'ready', 'damaged']),
  signature: signatureStateShape,
  claimant: z.string(),
  respondent: nullableText,
  documents: z.number(),
  receivedAt: instant,
  registeredAt: instant.nullable(),
  dueAt: instant.nullable(),
  /** Court days left; 0 on the last day, negative when overdue; null without a term. */
  courtDaysLeft: z.number().nullable(),
  /** Who works on it; null for nobody. */
  assignee: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** Put off until an instant, also when that is over. */
  postponed: z.strictObject({ until: instant, reason: z.string() }).nullable(),
  /** It mends a filing that the court had sent back. */
  /** Notes of the colleagues that hold. */
  notes: z.number(),
  again: z.boolean(),
  /** Another desk that has it; null when it is free or in work here. */
  held: heldShape.nullable(),
  /** The registry has acknowledged the registration; null before registering. */
  confirmed: z.boolean().nullable(),
  judge: nullableText,
  /** Drawn as a page, and how often it was printed here; null where this desk has none. */
  talon: z.strictObject({ drawn: z.boolean(), prints: z.number() }).nullable(),
  /** Of what the court sends back or is asked to: how far that is, and the last filing that mends it. */
  sentBack: z
    .strictObject({
      decision: z.enum(['return', 'refuse', 'transfer']),
      /** `proposed`: before the judge; `with-office`: the judge has asked the office; `signed`: by a ruling. */
      stage: z.enum(['proposed', 'with-office', 'signed']),
      mendedBy: z.strictObject({ id: z.string(), cabinetNumber: z.string(), state: filingStateShape }).nullable(),
    })
    .nullable(),
  revision: z.number(),
});
export type QueueRow = z.infer<typeof queueRowShape>;

export const partyShape = z.strictObject({
  side: z.string(),
  type: z.string(),
  name: z.string(),
  iin: nullableText,
  bin: nullableText,
  address: nullableText,
  phone: nullableText,
  email: nullableText,
  /** False when an IIN or BIN has a wrong check digit: a warning, never a refusal. */
  identifierPlausible: z.boolean(),
});
export type PartyView = z.infer<typeof partyShape>;

export const documentShape = z.strictObject({
  id: z.string(),
  role: z.string(),
  title: z.string(),
  fileName: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** By content, not by name: `pdf`, `image`, `office`, `archive`, `text`, `empty`, `other`; null until it is here. */
  contentType: z.enum(['pdf', 'image', 'office', 'archive', 'text', 'empty', 'other']).nullable(),
  pages: z.number().nullable(),
  state: z.enum(['pending', 'stored', 'missing', 'hash-mismatch']),
  /** Of `annexes`: the papers that it was handed in with; null for what came with the filing. */
  annexId: nullableText,
  signature: signatureStateShape,
  signatures: z.array(signatureCardShape),
});
export type DocumentView = z.infer<typeof documentShape>;

/** `confirmed`: the registry and so the other desks have them. `refused` waits for a person, `code` says why; `withdrawn` are at this desk only. */
export const annexStandingShape = z.strictObject({ state: z.enum(['waiting', 'refused', 'withdrawn', 'confirmed']), code: nullableText });

/** Papers that were handed in to a filing that was here: they have a moment of their own. */
export const annexShape = z.strictObject({
  id: z.string(),
  receivedAt: instant,
  handedInBy: z.string(),
  /** Who of the office took them. */
  takenBy: z.string(),
  standing: annexStandingShape,
});
export type AnnexView = z.infer<typeof annexShape>;

/** Something the program noticed. It advises; a person decides. Text keys `anomaly.<rule>` and `anomalyDo.<rule>`. */
export const anomalyShape = z.strictObject({
  /** The same at every desk and at every check: by it a person answers for going on. */
  id: z.string(),
  rule: z.string(),
  severity: z.enum(['warn', 'error', 'fatal']),
  documentId: nullableText,
  /** The member of the form it is about. */
  field: nullableText,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Article that it rests on, in the words of the data. */
  source: nullableText,
  /** The filing that it was compared with. */
  related: z.strictObject({ id: z.string(), number: z.string(), receivedAt: instant }).nullable(),
  /** Who decided to go on in spite of it, and why. */
  override: z.strictObject({ by: z.string(), at: instant, reason: z.string() }).nullable(),
});
export type Anomaly = z.infer<typeof anomalyShape>;

/** A check of the list before registering. `auto` ones are computed, the others ticked by the clerk. Text key `check.<id>`. */
export const checklistItemShape = z.strictObject({
  id: z.string(),
  auto: z.boolean(),
  passed: z.boolean(),
  by: nullableText,
  at: instant.nullable(),
});
export type ChecklistItem = z.infer<typeof checklistItemShape>;

export const actSummaryShape = z.strictObject({
  id: z.string(),
  filingId: z.string(),
  /** A ruling on the filing, or a kind of the office data; text key `act.kind.<kind>` for both. */
  kind: z.string(),
  /** What a person called it; null for kinds that have a name. */
  title: nullableText,
  state: z.enum(['draft', 'signed', 'confirmed', 'dispatched']),
  caseNumber: nullableText,
  incomingNumber: z.string(),
  claimant: z.string(),
  respondent: nullableText,
  preparedBy: z.string(),
  preparedAt: instant,
  /** SHA-256 of the bytes to be read and signed; `reviewed` is tied to it. */
  sha256: z.string(),
  reviewed: z.boolean(),
  /** It was read, and the bytes are others now. */
  changedSinceReview: z.boolean(),
  dueAt: instant.nullable(),
  courtDaysLeft: z.number().nullable(),
  signedAt: instant.nullable(),
  signedBy: nullableText,
  level: nullableText,
  /** The level that its signature is still to be raised to, by itself. */
  raiseTo: nullableText.optional(),
  /** Signed here, and the court has gone another way: it is kept and never issued. */
  setAside: z.boolean(),
  /** A draft that the judge sent back to the office; it cannot be signed before it is answered or taken back. */
  sentBack: z.boolean(),
  /** The office is still at it; the judge has not got it. */
  preparing: z.boolean(),
  pages: z.number(),
  language: z.enum(['kk', 'ru']),
  revision: z.number(),
});
export type ActSummary = z.infer<typeof actSummaryShape>;

export const historyEntryShape = z.strictObject({
  seq: z.number(),
  at: instant,
  actor: nullableText,
  action: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type HistoryEntry = z.infer<typeof historyEntryShape>;

export const filingDetailShape = z.strictObject({
  id: z.string(),
  revision: z.number(),
  /** Empty until the registry has given one to what was taken on paper here. */
  cabinetNumber: z.string(),
  incomingNumber: nullableText,
  caseNumber: nullableText,
  joinsCase: nullableText,
  namedCase: nullableText,
  kind: z.string(),
  language: z.enum(['kk', 'ru']),
  category: nullableText,
  claimValue: nullableText,
  state: filingStateShape,
  flagged: z.boolean(),
  intake: z.enum(['arriving', 'ready', 'damaged']),
  verdict: overallVerdictShape.nullable(),
  signature: signatureStateShape,
  /** In the cabinet; null for what was handed in on paper. */
  sentAt: instant.nullable(),
  /** Who of the office took it on paper; null for what came through the cabinet. */
  takenOnPaperBy: nullableText,
  receivedAt: instant,
  registeredAt: instant.nullable(),
  registeredBy: nullableText,
  confirmedAt: instant.nullable(),
  dueAt: instant.nullable(),
  courtDaysLeft: z.number().nullable(),
  parties: z.array(partyShape),
  representative: partyShape.nullable(),
  payment: z
    .strictObject({ amount: z.string(), date: z.string(), number: z.string(), payerId: nullableText, kbk: nullableText })
    .nullable(),
  documents: z.array(documentShape),
  /** What was handed in to it on paper, in that order. */
  annexes: z.array(annexShape),
  anomalies: z.array(anomalyShape),
  checklist: z.array(checklistItemShape),
  /** Null for a kind that costs nothing. */
  duty: dutyShape.nullable(),
  contents: z.array(contentShape),
  links: z.array(filingLinkShape),
  /** Edition of the calendar by which the term was counted. */
  termEdition: nullableText,
  defects: z.array(defectShape),
  /** What the office proposes to the judge; null when it proposes nothing. */
  proposal: madeProposalShape.nullable(),
  /** The last proposal that was taken back after it was registered; null when none was, or another one is made. */
  recalled: recalledProposalShape.nullable(),
  acts: z.array(actSummaryShape),
  talon: z.strictObject({ sha256: nullableText, confirmed: z.boolean() }).nullable(),
  history: z.array(historyEntryShape),
  /** The filing that this one mends; null when it came for the first time. */
  earlier: earlierFilingShape.nullable(),
  /** Until when it is put off, why and by whom; null once that is over. */
  postponed: z.strictObject({ until: instant, reason: z.string(), by: nullableText }).nullable(),
  held: heldShape.nullable(),
  takenOver: takenOverShape.nullable(),
  /** What the workflow table, the role and other desks allow now; the core checks again. */
  allowed: z.array(z.enum(['mark', 'register', 'flag', 'recheck', 'talon', 'take-over', 'recall', 'correct-fact'])),
  /** When the next automatic re-check of an undecided verdict is due. */
  nextRecheckAt: instant.nullable(),
  /** When its contents went from this desk because their term was over; only its numbers, kind and moments are here. */
  wipedAt: instant.nullable(),
});
export type FilingDetail = z.infer<typeof filingDetailShape>;

/** A document to show: an address of our own scheme that works once for this window, and what it is. */
export const openedDocumentShape = z.strictObject({ url: z.string(), contentType: z.string(), size: z.number(), sha256: z.string() });
export type OpenedDocument = z.infer<typeof openedDocumentShape>;

export const referenceShape = z.strictObject({
  documentTypes: z.array(documentTypeShape),
  /** Defect codes with the article they rest on; text key `returnReason.<code>`. */
  defectCodes: z.array(z.strictObject({ code: z.string(), article: z.string() })),
  /** Kinds of acts beside the rulings on filings. `titled`: a person names it. */
  actKinds: z.array(z.strictObject({ id: z.string(), nameKk: z.string(), nameRu: z.string(), nameEn: z.string(), titled: z.boolean() })),
});
export type Reference = z.infer<typeof referenceShape>;
