/** Blocks of numbers, leased by the registry. */
import { z } from 'zod';
import { idSchema, textSchema } from './values.ts';

/** Numbers come from leased blocks: `first`–`last` inclusive belong to one workstation for good. */
export const numberBlockRequestSchema = z.strictObject({
  requestId: idSchema,
  series: z.enum(['incoming', 'case']),
  /** Two digits. */
  year: z.string().regex(/^\d{2}$/),
  /** Case type index such as `2` or `2а`; empty for incoming numbers. */
  typeIndex: textSchema(10),
  size: z.number().int().min(1).max(500),
});
export type NumberBlockRequest = z.infer<typeof numberBlockRequestSchema>;
export const numberBlockSchema = z.looseObject({
  id: idSchema,
  series: z.enum(['incoming', 'case']),
  year: z.string(),
  typeIndex: z.string(),
  first: z.number().int().positive(),
  last: z.number().int().positive(),
});
export type NumberBlock = z.infer<typeof numberBlockSchema>;
