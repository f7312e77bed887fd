/** Words of the office to go on with a filing in spite of what its desk noticed. */
import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from './values.ts';

export const findingCommands = {
  'finding.override': z.strictObject({
    filingId: idSchema,
    /** Names the finding at every desk: its rule and what it is about. */
    finding: z.string().min(1).max(300),
    rule: z.string().min(1).max(60),
    severity: z.enum(['error', 'fatal']),
    reason: z.string().trim().min(1).max(1000),
  }),
} as const;

/** Part of the state of a filing. */
export const findingOverrideSchema = z.looseObject({
  finding: textSchema(300),
  rule: textSchema(60),
  severity: textSchema(20),
  by: idSchema,
  at: instantSchema,
  reason: textSchema(1000),
});
export type FindingOverride = z.infer<typeof findingOverrideSchema>;
