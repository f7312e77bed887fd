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

const tokenModulesShape = z.array(z.strictObject({ id: z.string(), file: z.string() }));
/** A PKCS#11 module that was allowed on this desk. `file` is to be read; by `id` it is named. */
export type TokenModule = z.infer<typeof tokenModulesShape>[number];

/** The self-check of this desk. Nothing in the answers is about a person. */
export const DOCTOR_CHANNELS = {
  'doctor.run': channel('signed-in', z.strictObject({ step: z.enum(CHECK_STEPS) }), checkFindingShape),
  /** A diagnostics file through the save dialog; false when the person cancelled. It is journalled. */
  'doctor.save': channel('signed-in', nothing, z.boolean()),
  /** How much room the disk of this desk has. */
  'doctor.room': channel('signed-in', nothing, z.strictObject({ freeMiB: z.number(), low: z.boolean() })),
  'doctor.modules': channel(['admin'], nothing, tokenModulesShape),
  /** The person chooses the file in the dialog of the shell: the window names none. Cancelled, nothing changes. */
  'doctor.add-module': channel(['admin'], nothing, tokenModulesShape),
  'doctor.remove-module': channel(['admin'], z.strictObject({ id: z.string().max(64) }), tokenModulesShape),
} as const;
