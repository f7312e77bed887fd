/** Papers that somebody hands in to a filing that is here already. */
import { z } from 'zod';
import { filingDocumentSchema } from './submissions.ts';
import { idSchema, instantSchema } from './values.ts';

const annexes = {
  /** UUIDv7 of the desk, of everything that was handed in at once. */
  annexId: idSchema,
  filingId: idSchema,
  /** When it was taken at the counter: none of the moments of the filing. */
  receivedAt: instantSchema,
  /** Who brought it, as the office wrote it down. */
  handedInBy: z.string().trim().min(1).max(400),
  documents: z.array(filingDocumentSchema).min(1).max(500),
};

export const annexCommands = {
  /** The documents are uploaded before. */
  'filing.add-annexes': z.strictObject(annexes),
} as const;

/** Feed kind `filing.annexed`; `takenBy` is the person of the office who took it. */
export const annexMessageSchema = z.looseObject({ ...annexes, takenBy: idSchema });
export type AnnexMessage = z.infer<typeof annexMessageSchema>;
