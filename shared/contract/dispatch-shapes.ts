/** Acts on their way to people, as the window shows them. */
import { z } from 'zod';
import { DELIVERY_CHANNELS } from '../registry/notifications.ts';
import { standingShape } from './proceedings-shapes.ts';

const instant = z.string();
const nullableText = z.string().nullable();

/** One way of telling a person; `address` for `sms`, `email` and `post`. The next way is tried after `waitHours` without delivery. */
export const dispatchStepShape = z.strictObject({
  channel: z.enum(DELIVERY_CHANNELS),
  address: z.string().trim().max(2000).nullable(),
  waitHours: z.number().min(0).max(8760).nullable(),
});
export type DispatchStepView = z.infer<typeof dispatchStepShape>;
export const dispatchStepsShape = z.array(dispatchStepShape).min(1).max(DELIVERY_CHANNELS.length);

/** Which of several people with one name, when it is not the first. */
export const namesakeShape = z.number().int().positive().max(1000).optional();

/** Somebody who can be sent the act, with the ladder that the office data gives him. */
export const dispatchPersonShape = z.strictObject({
  name: z.string(),
  namesake: namesakeShape,
  side: z.string(),
  /** Under whose number he reads in the cabinet. */
  filingId: nullableText,
  /** Whether the office data would send it to him. */
  proposed: z.boolean(),
  steps: z.array(dispatchStepShape),
});
export type DispatchPerson = z.infer<typeof dispatchPersonShape>;

export const dispatchAttemptShape = z.strictObject({
  channel: z.string(),
  at: instant,
  outcome: z.string(),
  code: nullableText,
  reference: nullableText,
  /** Name of the person who recorded it. */
  by: nullableText,
});
export type DispatchAttemptView = z.infer<typeof dispatchAttemptShape>;

/** What a person has to do: hand over a letter, find an address, try another way, look at what the registry refused. */
export const DISPATCH_TASKS = ['letter', 'address', 'failed', 'refused'] as const;

export const dispatchRecipientShape = z.strictObject({
  /** Of the delivery. */
  id: z.string(),
  name: z.string(),
  namesake: namesakeShape,
  side: z.string(),
  /** `queued`: not with the registry yet; the rest as the registry says. */
  state: z.enum(['queued', 'waiting', 'sent', 'delivered', 'read', 'failed', 'unreachable']),
  /** The way that is or was tried last. */
  via: nullableText,
  reason: nullableText,
  at: instant,
  /** When the next way is tried by itself. */
  nextAt: instant.nullable(),
  steps: z.array(z.strictObject({ ...dispatchStepShape.shape, channel: z.string() })),
  attempts: z.array(dispatchAttemptShape),
  /** Of the last thing that this desk has said about it. */
  standing: standingShape,
  task: z.enum(DISPATCH_TASKS).nullable(),
  /** Whether a letter is on its way, so that its end can be recorded. */
  letterGone: z.boolean(),
});
export type DispatchRecipient = z.infer<typeof dispatchRecipientShape>;

export const dispatchActShape = z.strictObject({
  actId: z.string(),
  filingId: z.string(),
  kind: z.string(),
  title: nullableText,
  caseNumber: nullableText,
  incomingNumber: z.string(),
  claimant: z.string(),
  respondent: nullableText,
  sha256: z.string(),
  level: nullableText,
  signedAt: instant,
  signedBy: nullableText,
  /** The registry holds the original; before that it is not called issued. */
  issued: z.boolean(),
  /** The registry lets it be read and checked. */
  dispatched: z.boolean(),
  recipients: z.array(dispatchRecipientShape),
});
export type DispatchAct = z.infer<typeof dispatchActShape>;

export const dispatchViewShape = z.enum(['hand', 'open', 'all']);
export type DispatchView = z.infer<typeof dispatchViewShape>;
export const dispatchListShape = z.strictObject({
  acts: z.array(dispatchActShape),
  counts: z.record(dispatchViewShape, z.number()),
  /** More acts than are shown. */
  more: z.boolean(),
});
export type DispatchList = z.infer<typeof dispatchListShape>;

export const dispatchDetailShape = z.strictObject({
  act: dispatchActShape,
  /** Those who are not being told yet. */
  people: z.array(dispatchPersonShape),
});
export type DispatchDetail = z.infer<typeof dispatchDetailShape>;

/** The sheet for a letter (of one recipient), the sheet with the QR code, the protocol of all attempts, the signed original (of the act). */
export const dispatchPaperShape = z.enum(['letter', 'check', 'protocol', 'original']);
export type DispatchPaper = z.infer<typeof dispatchPaperShape>;
