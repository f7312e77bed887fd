/** Filings that belong together, as somebody of the office has said. */
import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

const link = { filingId: idSchema, otherId: idSchema, linkedAt: instantSchema };

export const linkCommands = { 'filing.link': z.strictObject(link) } as const;

/** Feed kind `filing.linked`. */
export const linkMessageSchema = z.looseObject({ ...link, by: idSchema });
export type LinkMessage = z.infer<typeof linkMessageSchema>;
