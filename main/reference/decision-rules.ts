import { z } from 'zod';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { DECISIONS, type Decision } from '../../shared/domain/decision.ts';

const ruleSchema = z.strictObject({
  /** Sets of grounds to choose from; none where the ruling names no grounds. */
  grounds: z.array(z.string()),
  /** The defects that the office marked are grounds too. */
  defects: z.boolean(),
  /** It names the court that the case goes to. */
  court: z.boolean(),
  /** What runs once it is signed: ids of deadlines.json, counted from the ruling or from the receipt of the filing. */
  terms: z.array(z.strictObject({ id: z.string(), from: z.enum(['ruling', 'receipt']) })),
});
const groundSchema = z.tuple([z.string(), z.string(), z.string()]);
const decisionsSchema = z.strictObject({
  version: z.string(),
  versions: z
    .array(
      z.strictObject({
        validFrom: z.iso.date(),
        source: z.string(),
        procedures: z.record(z.string(), z.partialRecord(z.enum(DECISIONS), ruleSchema)),
        /** Sets that ruling_grounds.json does not have: code, Russian, Kazakh. */
        grounds: z.record(z.string(), z.array(groundSchema)),
        /** Parts of its sets: the items whose numbers a list of the set names, or the others. */
        parts: z.record(
          z.string(),
          z.strictObject({ of: z.string(), only: z.literal('no_refile').optional(), without: z.literal('no_refile').optional() }),
        ),
      }),
    )
    .min(1),
});
const groundSetsSchema = z.record(z.string(), z.looseObject({ items: z.array(groundSchema), no_refile: z.array(z.number()).optional() }));

/** A ground of law, by article, part and subparagraph: `152.1.3`. */
export type Ground = { readonly code: string; readonly nameKk: string; readonly nameRu: string };
export type DecisionRule = {
  readonly decision: Decision;
  readonly grounds: readonly Ground[];
  readonly defects: boolean;
  readonly court: boolean;
  readonly terms: readonly { readonly id: string; readonly from: 'ruling' | 'receipt' }[];
};

/**
 * What a judge may decide under a procedure, by the edition in force at an instant; nothing where the data knows no ruling of the procedure.
 * @param decisionsJson decisions.json
 * @param groundsJson ruling_grounds.json
 */
export function readDecisionRules(decisionsJson: string, groundsJson: string): (procedure: string | null, at: string) => DecisionRule[] {
  const { versions } = decisionsSchema.parse(JSON.parse(decisionsJson));
  const sets = groundSetsSchema.parse(JSON.parse(groundsJson));
  const newestFirst = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return (procedure, at) => {
    const day = courtDayOf(at);
    // a day before the oldest edition still needs one; the oldest is the nearest
    const version = newestFirst.find((known) => known.validFrom <= day) ?? newestFirst.at(-1)!;
    const rules = procedure !== null && Object.hasOwn(version.procedures, procedure) ? version.procedures[procedure]! : {};
    const itemsOf = (name: string): readonly z.infer<typeof groundSchema>[] => {
      const part = version.parts[name];
      if (!part) return version.grounds[name] ?? sets[name]?.items ?? missing(name);
      const whole = sets[part.of] ?? missing(part.of);
      const named = new Set(whole.no_refile ?? []);
      return whole.items.filter((_, at) => named.has(at + 1) === (part.only !== undefined));
    };
    return DECISIONS.flatMap((decision) => {
      const rule = rules[decision];
      if (!rule) return [];
      const grounds = rule.grounds.flatMap(itemsOf).map(([code, nameRu, nameKk]) => ({ code, nameKk, nameRu }));
      return [{ decision, grounds, defects: rule.defects, court: rule.court, terms: rule.terms }];
    });
  };
}

function missing(name: string): never {
  throw new Error(`decisions.json names grounds that are nowhere: ${name}`);
}
