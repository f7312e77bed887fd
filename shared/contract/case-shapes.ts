/** The card of a case: who, what, when, its filings and acts, as this desk has them. Instants are UTC ISO strings. */
import { z } from 'zod';
import { dispatchRecipientShape } from './dispatch-shapes.ts';
import { filingStateShape } from './filing-state-shape.ts';
import { factCorrectionShape } from './office-words-shapes.ts';
import { PROPOSED } from './proposal-shapes.ts';
import { annexStandingShape } from './shapes.ts';

const instant = z.string();
const nullableText = z.string().nullable();

const casePartyShape = z.strictObject({
  side: z.string(),
  name: z.string(),
  /** IIN or BIN with its middle hidden. */
  identifier: nullableText,
  isCompany: z.boolean(),
});

const caseFilingShape = z.strictObject({
  id: z.string(),
  cabinetNumber: z.string(),
  incomingNumber: nullableText,
  kind: z.string(),
  claimant: z.string(),
  state: filingStateShape,
  flagged: z.boolean(),
  /** It opened the case. */
  opens: z.boolean(),
  /** Null for what was handed in on paper. */
  sentAt: instant.nullable(),
  receivedAt: instant,
  registeredAt: instant.nullable(),
  registeredBy: nullableText,
  talon: z.strictObject({ drawn: z.boolean(), prints: z.number() }).nullable(),
  documents: z.array(
    z.strictObject({
      ...{ id: z.string(), title: z.string(), role: z.string(), pages: z.number().nullable() },
      /** How far a paper that was handed in later is on its way; null for one that the registry has. */
      standing: annexStandingShape.nullable(),
    }),
  ),
  /** Beside what it was registered with, newest first. */
  corrections: z.array(factCorrectionShape),
});
export type CaseFiling = z.infer<typeof caseFilingShape>;

const caseActShape = z.strictObject({
  id: z.string(),
  filingId: z.string(),
  kind: z.string(),
  title: nullableText,
  /** Null for a draft. */
  signedAt: instant.nullable(),
  signedBy: nullableText,
  /** The registry holds the original. */
  issued: z.boolean(),
  recipients: z.array(dispatchRecipientShape.pick({ id: true, name: true, state: true, via: true, task: true, at: true })),
});
export type CaseAct = z.infer<typeof caseActShape>;

/** Something that happened or is set in the case. `text`: a place, a person, a reason; `act`: what it is about. */
const caseEventShape = z.strictObject({
  at: instant,
  what: z.enum(['sent', 'received', 'registered', 'act-signed', 'told', 'hearing', 'hearing-cancelled', 'recalled', 'corrected']),
  filing: nullableText,
  act: z.strictObject({ kind: z.string(), title: nullableText }).nullable(),
  decision: z.enum(PROPOSED).nullable(),
  text: nullableText,
});
export type CaseEvent = z.infer<typeof caseEventShape>;

export const caseCardShape = z.strictObject({
  number: z.string(),
  courtNameKk: z.string(),
  courtNameRu: z.string(),
  /** Of the filing that opened it; null where this desk has none. */
  kind: nullableText,
  judge: nullableText,
  parties: z.array(casePartyShape),
  /** The one that opened it first, then as they came. */
  filings: z.array(caseFilingShape),
  /** The case has more than are here. */
  more: z.boolean(),
  acts: z.array(caseActShape),
  /** Newest first. */
  timeline: z.array(caseEventShape),
  asOf: instant,
});
export type CaseCard = z.infer<typeof caseCardShape>;
