/** Hearings of a case or of a filing, and the summonses to them. */
import { z } from 'zod';
import { recipientSchema } from './notifications.ts';
import { idSchema, instantSchema, sha256Schema, textSchema } from './values.ts';

const mode = z.enum(['in-person', 'video']);
const hearing = {
  hearingId: idSchema,
  /** What is heard: a registered filing, or a case of the court; exactly one of them. */
  filingId: idSchema.nullable(),
  caseNumber: textSchema(100).nullable(),
  /** Grows each time the hearing is moved. */
  revision: z.number().int().min(1).max(1_000_000),
  startsAt: instantSchema,
  place: z.string().min(1).max(1000),
  room: textSchema(100).nullable(),
  judgeId: idSchema.nullable(),
  mode,
  /** Where to join; with `video` only. */
  link: z
    .string()
    .max(2000)
    .regex(/^https:\/\/\S+$/)
    .nullable(),
  /** What the parties are told about the recording of the hearing. */
  recordingNote: textSchema(2000).nullable(),
};

export const hearingCommands = {
  /** Sets a hearing, or moves it: the same id with a higher revision. */
  'hearing.set': z.strictObject({ ...hearing, recipients: z.array(recipientSchema).max(1000) }),
  /** Those who were told of the hearing are told that it does not take place. */
  'hearing.cancel': z.strictObject({ hearingId: idSchema, reason: textSchema(2000).nullable() }),
  /** The summons of one person to a hearing; the PDF is uploaded before. */
  'summons.issue': z.strictObject({
    summonsId: idSchema,
    hearingId: idSchema,
    recipient: recipientSchema,
    sha256: sha256Schema,
    size: z.number().int().positive(),
  }),
} as const;

/** Feed kind `hearing.changed`: what holds of a hearing now. */
export const hearingMessageSchema = z.looseObject({
  ...hearing,
  link: textSchema(2000).nullable(),
  recipients: z.array(z.looseObject(recipientSchema.shape)).max(1000),
  cancelledAt: instantSchema.nullable(),
  cancelReason: textSchema(2000).nullable(),
});
export type HearingMessage = z.infer<typeof hearingMessageSchema>;

/** Feed kind `summons.issued`. */
export const summonsMessageSchema = z.looseObject({
  summonsId: idSchema,
  hearingId: idSchema,
  recipient: z.looseObject(recipientSchema.shape),
  sha256: sha256Schema,
  size: z.number().int().positive(),
  issuedAt: instantSchema,
});
export type SummonsMessage = z.infer<typeof summonsMessageSchema>;

/** A hearing as the filer sees it. `changes` in order of time. */
export const cabinetHearingSchema = z.looseObject({
  id: idSchema,
  caseNumber: z.string().nullable(),
  startsAt: instantSchema,
  place: z.string(),
  room: z.string().nullable(),
  mode,
  link: z.string().nullable(),
  recordingNote: z.string().nullable(),
  judge: z.string().nullable(),
  cancelledAt: instantSchema.nullable(),
  changes: z.array(z.looseObject({ event: z.string(), at: instantSchema, startsAt: instantSchema })),
  /** Of this filer alone. */
  summonses: z.array(z.looseObject({ id: idSchema, issuedAt: instantSchema })),
});
export const cabinetHearingsSchema = z.looseObject({ hearings: z.array(cabinetHearingSchema) });
export type CabinetHearings = z.infer<typeof cabinetHearingsSchema>;
