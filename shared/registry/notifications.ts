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

/** `sent`: a gateway or mail server has taken it. What goes to the cabinet is `delivered` when it is read there. */
export const DELIVERY_STATES = ['waiting', 'sent', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

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
