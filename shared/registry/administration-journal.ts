/** What the registry keeps for good of what administrators and its operator changed, and how it is read. */
import { z } from 'zod';
import { commandEnvelopeSchema } from './messages.ts';
import { idSchema, instantSchema, textSchema } from './values.ts';

/** Most that one page has. */
export const ADMINISTRATION_PAGE = 100;

/** What is asked for; null does not narrow. `before` is the `nextBefore` of the page before. */
export const administrationQuestionSchema = z.strictObject({
  before: z.number().int().positive().nullable(),
  limit: z.number().int().min(1).max(ADMINISTRATION_PAGE),
  /** From this instant on, and before that one. */
  from: instantSchema.nullable(),
  until: instantSchema.nullable(),
  /** A whole action (`user.kept`) or its first part (`user`). */
  action: textSchema(60).nullable(),
});
export type AdministrationQuestion = z.infer<typeof administrationQuestionSchema>;

/** The question as a person asks it: proven as a command is, and answered only while that person is signed in. */
export const askAdministrationSchema = commandEnvelopeSchema.extend({
  kind: z.literal('administration.read'),
  payload: administrationQuestionSchema,
});
export type AskAdministration = z.infer<typeof askAdministrationSchema>;

/** One side of a change: what there is of a person, a workstation or a court. A certificate is told by whom it names. */
export const administrationSideSchema = z.looseObject({
  name: textSchema(400).optional(),
  iin: textSchema(12).nullable().optional(),
  roles: z.array(textSchema(40)).optional(),
  certificates: z.array(z.looseObject({ sha256: textSchema(64), name: z.string(), validUntil: instantSchema.nullable() })).optional(),
  active: z.boolean().optional(),
  nameKk: textSchema(300).optional(),
  nameRu: textSchema(300).optional(),
  offlineSignInDays: z.number().int().nonnegative().optional(),
  idleLockMinutes: z.number().int().nonnegative().optional(),
});
export type AdministrationSide = z.infer<typeof administrationSideSchema>;

/** With the name that the person or workstation has now. */
export const namedSchema = z.looseObject({ id: idSchema, name: textSchema(400) });

export const administrationEntrySchema = z.looseObject({
  position: z.number().int().positive(),
  at: instantSchema,
  /** Null: the operator of the registry. */
  by: namedSchema.nullable(),
  /** At which it was done; null: at none. */
  workstation: namedSchema.nullable(),
  action: textSchema(60),
  /** A person, workstation or code by its id; a court by its code. */
  subject: textSchema(100),
  before: administrationSideSchema.nullable(),
  after: administrationSideSchema.nullable(),
});
export type AdministrationEntryMessage = z.infer<typeof administrationEntrySchema>;

/** Newest first. `nextBefore` asks for the page after this one; null when there is none. */
export const administrationPageSchema = z.looseObject({
  entries: z.array(administrationEntrySchema).max(ADMINISTRATION_PAGE),
  nextBefore: z.number().int().positive().nullable(),
});
export type AdministrationPage = z.infer<typeof administrationPageSchema>;
