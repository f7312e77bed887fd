/** What the cabinet of a filer is answered. */
import { z } from 'zod';
import { decisionMessageSchema } from './decisions.ts';
import { namedAct } from './named-act.ts';
import { idSchema, instantSchema, sha256Schema, textSchema } from './values.ts';

export const submitAnswerSchema = z.looseObject({ id: idSchema, cabinetNumber: z.string(), receivedAt: instantSchema });
export const uploadAnswerSchema = z.looseObject({ sha256: sha256Schema, size: z.number().int().nonnegative() });
/** One step of a filing's way: `sent`, `received`, a later state, `act-dispatched`, `hearing-set`, `hearing-moved`, `hearing-cancelled`, `summons-issued`. */
export const timelineEntrySchema = z.looseObject({
  event: textSchema(40),
  at: instantSchema,
  /** The act, hearing or summons; null for the others. */
  subject: idSchema.nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
export const cabinetStatusSchema = z.looseObject({
  cabinetNumber: z.string(),
  state: z.string(),
  receivedAt: instantSchema,
  registeredAt: instantSchema.nullable(),
  incomingNumber: z.string().nullable(),
  caseNumber: z.string().nullable(),
  joinsCase: z.string().nullable(),
  talon: z.boolean(),
  acts: z.array(
    z.looseObject({ id: idSchema, kind: z.string(), signedAt: instantSchema, decision: decisionMessageSchema.optional(), ...namedAct }),
  ),
  /** What happened, in order of time; older registries keep none. */
  timeline: z.array(timelineEntrySchema).optional(),
});
export type CabinetStatus = z.infer<typeof cabinetStatusSchema>;
