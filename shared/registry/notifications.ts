/** Notices to people: to whom, by which channel, and what became of them. */
import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from './values.ts';

/** `cabinet`: read there; `post`: carried by hand, the registry only keeps it on record. */
export const DELIVERY_CHANNELS = ['cabinet', 'push', 'sms', 'email', 'post'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** A person to be told. */
export const recipientSchema = z.strictObject({
  name: textSchema(2000),
  channel: z.enum(DELIVERY_CHANNELS),
  /** Telephone number or e-mail address; without it that of the party of this name. */
  address: textSchema(400).nullish(),
  /** The filing under whose number this person reads in the cabinet; without it, the filing the command is about for those who sent it. */
  filingId: idSchema.nullish(),
});
export type Recipient = z.infer<typeof recipientSchema>;

export const NOTICE_KINDS = [
  'registered',
  'act-dispatched',
  'hearing-set',
  'hearing-moved',
  'hearing-cancelled',
  'summons',
  'request-fulfilled',
  'survey',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/**
 * `sent`: a gateway, a mail server or the postal service has taken it. What goes to the cabinet is `delivered` when it is read there. Of a dispatch:
 * `sent` also when it lies in the cabinet, `read` when it was read there, `unreachable` when no address leads to the person.
 */
export const DELIVERY_STATES = ['waiting', 'sent', 'delivered', 'read', 'failed', 'unreachable'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One rung of the ladder by which an act is sent to a person. */
export const dispatchStepSchema = z.strictObject({
  channel: z.enum(DELIVERY_CHANNELS),
  /** Telephone number (`sms`), e-mail address (`email`) or postal address (`post`); the others need none. */
  address: textSchema(2000).nullable(),
  /** How long it is waited after an attempt that succeeded; without delivery by then comes the next step. Null: it is the last that is tried by itself. */
  waitHours: z.number().min(0).max(8760).nullable(),
});
export type DispatchStep = z.infer<typeof dispatchStepSchema>;

/** What was tried, and what was answered. Kept for good. */
export const deliveryAttemptSchema = z.looseObject({
  channel: textSchema(40),
  at: instantSchema,
  /** `sent`, `retry` (failed for now), `failed`, `delivered`, `read`, `returned`. */
  outcome: textSchema(40),
  /** What the channel answered; null where nothing is answered. */
  code: textSchema(60).nullable(),
  /** The key under which a gateway or mail server has it, or the number of the postal service. */
  reference: textSchema(120).nullable(),
  /** The person of the office who recorded it; null for what a machine says. */
  by: idSchema.nullable(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;

/** How one recipient was told of one thing (feed kind `delivery.changed`). */
export const deliverySchema = z.looseObject({
  id: idSchema,
  notice: textSchema(40),
  /** The act, hearing, summons or survey it is about; the filing for the rest. */
  subject: idSchema,
  /** The filing under whose number it is read in the cabinet. */
  filingId: idSchema.nullable(),
  name: textSchema(2000),
  channel: textSchema(40),
  /** The channel that was tried last; null before the first. */
  via: textSchema(40).nullable(),
  state: textSchema(40),
  /** Why the last channel failed, a code; null while none has. */
  reason: textSchema(60).nullable(),
  at: instantSchema,
  /** Of a dispatch: its ladder, what was tried so far, and when it goes on by itself; older registries have none of it. */
  steps: z.array(z.looseObject({ ...dispatchStepSchema.shape, channel: textSchema(40) })).optional(),
  attempts: z.array(deliveryAttemptSchema).optional(),
  nextAt: instantSchema.nullable().optional(),
  /** Of a dispatch, as in `dispatch.send`. */
  namesake: z.number().int().positive().optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveriesSchema = z.looseObject({ deliveries: z.array(deliverySchema) });
export type Deliveries = z.infer<typeof deliveriesSchema>;

/** What the gateway tells of messages it took; signed as docs/registry-protocol.yaml says. */
export const deliveryReceiptsSchema = z.looseObject({
  receipts: z
    .array(
      z.looseObject({
        /** The idempotency key under which the registry handed the message over. */
        key: textSchema(100),
        state: z.enum(['delivered', 'failed']),
        /** The gateway's code of a failure. */
        code: textSchema(60).nullish(),
      }),
    )
    .max(1000),
});
export type DeliveryReceipts = z.infer<typeof deliveryReceiptsSchema>;
export const receiptsTakenSchema = z.looseObject({ known: z.number().int().nonnegative() });
