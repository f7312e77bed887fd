import { z } from 'zod';
import { CHECK_STATES, CHECK_STEPS } from '../domain/self-check.ts';
import { channel, nothing } from './channel.ts';

export const checkFindingShape = z.strictObject({
  step: z.enum(CHECK_STEPS),
  state: z.enum(CHECK_STATES),
  /** A code: one of the errors, or of the step's own. */
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CheckFinding = z.infer<typeof checkFindingShape>;

/** The self-check of this desk. Nothing in the answers is about a person. */
export const DOCTOR_CHANNELS = {
  'doctor.run': channel('signed-in', z.strictObject({ step: z.enum(CHECK_STEPS) }), checkFindingShape),
  /** A diagnostics file through the save dialog; false when the person cancelled. It is journalled. */
  'doctor.save': channel('signed-in', nothing, z.boolean()),
  /** How much room the disk of this desk has. */
  'doctor.room': channel('signed-in', nothing, z.strictObject({ freeMiB: z.number(), low: z.boolean() })),
} as const;
