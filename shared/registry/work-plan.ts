/** What the head of office has laid down about sharing the work: who is away, how much each can carry, and by which rules filings are given out. */
import { z } from 'zod';
import { MOST_NORM, MOST_RULES, type ShareRule } from '../domain/share-work.ts';
import { idSchema, sha256Schema, textSchema } from './values.ts';

const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const absence = {
  absenceId: idSchema,
  userId: idSchema,
  /** Court days, both in the absence. */
  from: daySchema,
  until: daySchema,
  /** One of the kinds of the office data. */
  kind: textSchema(60),
  coveredBy: idSchema.nullable(),
  /** It is not so after all. */
  withdrawn: z.boolean(),
};
const norm = {
  /** Null: of everybody who has none of his own. */
  userId: idSchema.nullable(),
  /** Open filings that one can carry; null takes it back. */
  norm: z.number().int().min(0).max(MOST_NORM).nullable(),
};
export const shareRuleSchema = z.strictObject({
  id: idSchema,
  on: z.boolean(),
  kinds: z.array(textSchema(100)).max(100),
  people: z.array(idSchema).max(200),
  most: z.number().int().min(1).max(MOST_NORM).nullable(),
});
/** All of them in their order. */
const rules = { rules: z.array(shareRuleSchema).max(MOST_RULES) };
/** Rules as they are hashed, and kept in a journal: in one order, whoever wrote them. */
export const rulesText = (all: readonly ShareRule[]): string =>
  JSON.stringify(all.map(({ id, on, kinds, people, most }) => ({ id, on, kinds, people, most })));

export const workPlanCommands = {
  'absence.set': z.strictObject(absence),
  'norm.set': z.strictObject(norm),
  /** `seen` is the hash of the rules that the head changed (`rulesText`), so that two do not undo each other's changes unseen; older desks name none. */
  'share-rules.set': z.strictObject({ ...rules, seen: sha256Schema.optional() }),
} as const;

/** `command` is the id of the command that it comes from. */
const told = { by: idSchema, command: idSchema };
/** Feed kind `absence.changed`. */
export const absenceMessageSchema = z.looseObject({ ...absence, ...told });
export type AbsenceMessage = z.infer<typeof absenceMessageSchema>;
/** Feed kind `norm.changed`. */
export const normMessageSchema = z.looseObject({ ...norm, ...told });
export type NormMessage = z.infer<typeof normMessageSchema>;
/** Feed kind `share-rules.changed`. */
export const shareRulesMessageSchema = z.looseObject({ ...rules, ...told });
export type ShareRulesMessage = z.infer<typeof shareRulesMessageSchema>;
