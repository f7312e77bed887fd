/** Sending an issued act to people: each is told by one channel after the other, until it is delivered or read. */
import { z } from 'zod';
import { DELIVERY_CHANNELS, dispatchStepSchema } from './notifications.ts';
import { idSchema, instantSchema } from './values.ts';

const stepsSchema = z.array(dispatchStepSchema).min(1).max(DELIVERY_CHANNELS.length);

/** What happens to a letter, in order. */
export const LETTER_EVENTS = ['handed-over', 'delivered', 'returned'] as const;
export type LetterEvent = (typeof LETTER_EVENTS)[number];

export const dispatchCommands = {
  /** Lets the recipients have an issued act. Somebody who is being told of it already is left as he is. */
  'dispatch.send': z.strictObject({
    actId: idSchema,
    filingId: idSchema,
    recipients: z
      .array(
        z.strictObject({
          /** UUIDv7 of the desk; the delivery has it. */
          id: idSchema,
          name: z.string().min(1).max(2000),
          /** Which of those with this name, when it is not the first. Desks from before leave it out. */
          namesake: z.number().int().positive().max(1000).optional(),
          /** The filing under whose number this person reads in the cabinet; null: nowhere. */
          filingId: idSchema.nullable(),
          steps: stepsSchema,
        }),
      )
      .min(1)
      .max(1000),
  }),
  /** Begins anew for one recipient, by these steps; the attempts made before stay on record. */
  'dispatch.resend': z.strictObject({
    deliveryId: idSchema,
    filingId: idSchema,
    steps: stepsSchema,
  }),
  /** What a person of the office knows of a letter. */
  'dispatch.record': z.strictObject({
    deliveryId: idSchema,
    filingId: idSchema,
    event: z.enum(LETTER_EVENTS),
    /** When it happened. */
    at: instantSchema,
    /** The number under which the postal service has it. */
    number: z.string().trim().min(1).max(60).nullable(),
  }),
} as const;
