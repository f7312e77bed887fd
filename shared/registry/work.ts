/** Who works on a filing, and until when it is put off. The last word by the order of the registry counts. */
import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

/** Why something is put off, in words. */
const reasonSchema = z.string().trim().min(1).max(1000);

export const workCommands = {
  /**
   * `assignee` is a secretary or head of the same court; null gives it back. `seen` is who had it when the person decided, `reason` why in words, `rule` the
   * rule of sharing that was followed. `takeOver`: also from the desk at which a person has it open; by the head of office and with a reason.
   */
  'filing.assign': z.strictObject({
    filingId: idSchema,
    assignee: idSchema.nullable(),
    seen: idSchema.nullable(),
    reason: reasonSchema.optional(),
    rule: idSchema.optional(),
    takeOver: z.boolean().optional(),
  }),
  /** With `until` null it is taken up again. */
  'filing.postpone': z.strictObject({ filingId: idSchema, until: instantSchema.nullable(), reason: reasonSchema.nullable() }),
} as const;

/** `command` is the id of the command that it comes from. */
const told = { filingId: idSchema, by: idSchema, command: idSchema };
/** Feed kind `filing.assigned`. */
export const filingAssignedSchema = z.looseObject({
  ...told,
  assignee: idSchema.nullable(),
  reason: z.string().max(1000).optional(),
  /** Which rule gave it. */
  rule: idSchema.optional(),
});
export type FilingAssigned = z.infer<typeof filingAssignedSchema>;
/** Feed kind `filing.postponed`. */
export const filingPostponedSchema = z.looseObject({ ...told, until: instantSchema.nullable(), reason: z.string().max(1000).nullable() });
export type FilingPostponed = z.infer<typeof filingPostponedSchema>;
