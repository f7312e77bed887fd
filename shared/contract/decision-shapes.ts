/** What a judge may decide on a filing, what is proposed, and what was decided. */
import { z } from 'zod';
import { actTextSchema } from '../domain/act-text.ts';
import { DECISIONS } from '../domain/decision.ts';
import { noticeShape } from './proposal-shapes.ts';
import { actSummaryShape } from './shapes.ts';

const instant = z.string();
export const decisionShape = z.enum(DECISIONS);

/** A ground that was chosen, with words of the judge or of the office for this filing. */
export const chosenGroundShape = z.strictObject({ code: z.string().min(1).max(60), note: z.string().max(4000).nullable() });
export type ChosenGround = z.infer<typeof chosenGroundShape>;
/** `code` is null for a court that the list of courts does not know; `name` is in the language of the filing. */
export const transferToShape = z.strictObject({
  code: z
    .string()
    .regex(/^\d{4}$/)
    .nullable(),
  name: z.string().max(300),
});
export type TransferTo = z.infer<typeof transferToShape>;

/** A ground in both languages of the court; `article` as the law is cited: `152.1.3` or `ГПК 149(1)(2), 152(1)(3)`. */
export const offeredGroundShape = z.strictObject({ code: z.string(), article: z.string(), nameKk: z.string(), nameRu: z.string() });
export type OfferedGround = z.infer<typeof offeredGroundShape>;
export const offeredDecisionShape = z.strictObject({
  decision: decisionShape,
  grounds: z.array(offeredGroundShape),
  /** It names the court that the case goes to. */
  court: z.boolean(),
});
export type OfferedDecision = z.infer<typeof offeredDecisionShape>;

export const runningTermShape = z.strictObject({
  id: z.string(),
  nameKk: z.string(),
  nameRu: z.string(),
  source: z.string(),
  dueAt: instant,
  courtDaysLeft: z.number(),
});
export type RunningTerm = z.infer<typeof runningTermShape>;

/** One text of an act; the last one is the draft as it is, or what was signed. */
export const actVersionShape = z.strictObject({
  number: z.number(),
  kind: actSummaryShape.shape.kind,
  sha256: z.string(),
  pages: z.number(),
  /** Null for the program itself. */
  madeBy: z.string().nullable(),
  madeAt: instant,
  why: z.enum(['drafted', 'decided', 'answered', 'edited', 'imported']),
});
export type ActVersionView = z.infer<typeof actVersionShape>;

/** The text of a draft to edit; `sha256` names the draft that it is of. */
export const draftTextShape = z.strictObject({
  actId: z.string(),
  filingId: z.string(),
  sha256: z.string(),
  revision: z.number(),
  language: z.enum(['kk', 'ru']),
  /** A person wrote it; else it is what the template says of the case. */
  edited: z.boolean(),
  text: actTextSchema,
  /** It is this person's to edit now: the judge's own draft, or the office's while it was sent back. */
  may: z.boolean(),
});
export type DraftText = z.infer<typeof draftTextShape>;

/** A word of judge or office about a draft; `version` is the text that was there then. */
export const actWordShape = z.strictObject({
  kind: z.enum(['sent-back', 'answered', 'taken-back']),
  text: z.string(),
  by: z.string(),
  at: instant,
  version: z.number(),
});
/** A draft that waits for the office; `number` of the case, or the incoming one. */
export const sentBackDraftShape = z.strictObject({
  actId: z.string(),
  filingId: z.string(),
  kind: actSummaryShape.shape.kind,
  title: z.string().nullable(),
  number: z.string(),
  claimant: z.string(),
  judge: z.string(),
  at: instant,
  comment: z.string(),
});
export type SentBackDraft = z.infer<typeof sentBackDraftShape>;

/** Acts of a filing beside the ruling that decides on it. */
export const filingActShape = z.strictObject({
  act: actSummaryShape,
  talk: z.array(actWordShape),
  talking: z.enum(['send-back', 'take-back', 'answer']).nullable(),
  /** What else this person may do with the draft now; `edit` also covers another PDF. */
  may: z.array(z.enum(['edit', 'hand', 'discard', 'versions', 'read'])),
  /** What began to run once it was signed. */
  terms: z.array(runningTermShape),
  /** What begins to run on the day on which the respondent gets it. */
  termsFromDelivery: z.array(runningTermShape.pick({ id: true, nameKk: true, nameRu: true, source: true })),
});
export type FilingAct = z.infer<typeof filingActShape>;
export const filingActsShape = z.strictObject({
  filingId: z.string(),
  language: z.enum(['kk', 'ru']),
  acts: z.array(filingActShape),
  /** What this person may draft now. `titled`: a person names it and writes it. */
  offered: z.array(z.strictObject({ kind: z.string(), titled: z.boolean() })),
});
export type FilingActs = z.infer<typeof filingActsShape>;

export const filingDecisionShape = z.strictObject({
  filingId: z.string(),
  language: z.enum(['kk', 'ru']),
  /** The ruling on this filing, drafted or signed here; null when there is none. */
  act: actSummaryShape.nullable(),
  /** What the draft stands for, or what was signed; its grounds may be of another desk and then without their words. */
  current: z
    .strictObject({
      decision: decisionShape,
      grounds: z.array(offeredGroundShape.extend({ note: z.string().nullable() })),
      transferTo: transferToShape.nullable(),
      /** Null for a draft. */
      signedAt: instant.nullable(),
    })
    .nullable(),
  /** What this person may decide now; empty when there is nothing to decide. */
  offered: z.array(offeredDecisionShape),
  /** Courts to transfer to; empty where no transfer is offered. */
  courts: z.array(z.strictObject({ code: z.string(), nameKk: z.string(), nameRu: z.string() })),
  /** What the office would have the filer told, beside a draft of what it proposed; null where it proposed nothing or something else. */
  notice: noticeShape.nullable(),
  talk: z.array(actWordShape),
  /** What this person may do in the talk now. */
  talking: z.enum(['send-back', 'take-back', 'answer']).nullable(),
  /** What began to run with the signed ruling. */
  terms: z.array(runningTermShape),
});
export type FilingDecision = z.infer<typeof filingDecisionShape>;
