/** Notes of the office to its own colleagues on a filing. They never reach the cabinet. */
import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

const noteText = z.string().trim().min(1).max(4000);

export const noteCommands = {
  'note.add': z.strictObject({ noteId: idSchema, filingId: idSchema, text: noteText, madeAt: instantSchema }),
  /** By whoever wrote it; it stays on record with its mark. */
  'note.withdraw': z.strictObject({ noteId: idSchema, filingId: idSchema }),
} as const;

/** Feed kind `note.changed`: a note as it stands. */
export const noteMessageSchema = z.looseObject({
  noteId: idSchema,
  filingId: idSchema,
  text: z.string().max(4000),
  by: idSchema,
  /** When it was written at the desk. */
  madeAt: instantSchema,
  withdrawnAt: instantSchema.nullable(),
});
export type NoteMessage = z.infer<typeof noteMessageSchema>;
