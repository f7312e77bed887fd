import { z } from 'zod';
import { readLaw } from './read-law.ts';

const ruleSchema = z.strictObject({
  severity: z.enum(['warn', 'error', 'fatal']),
  /** Article or requirement that it rests on. */
  source: z.string().min(1),
  /** The defect that a person marks for it; null where it speaks for none. */
  defect: z.string().nullable(),
});
export type FindingRule = z.infer<typeof ruleSchema>;
const rulesSchema = z.strictObject({
  version: z.string(),
  validFrom: z.iso.date(),
  /** How alike two texts are, from 0 to 1, before one is named to a person as a duplicate of the other. */
  textLikeness: z.number().min(0).max(1),
  rules: z.record(z.string(), ruleSchema),
});
export type FindingRules = { rule(id: string): FindingRule | null; readonly textLikeness: number };

/** @param json finding-rules.json @throws BrokenReference */
export function readFindingRules(json: string): FindingRules {
  const { rules, textLikeness } = readLaw('finding-rules.json', json, rulesSchema);
  return { rule: (id) => (Object.hasOwn(rules, id) ? rules[id]! : null), textLikeness };
}
