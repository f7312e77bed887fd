/** How the work of the office is shared: what each person has, and what the head of office has laid down about it. Days are `YYYY-MM-DD`. */
import { z } from 'zod';
import { MOST_NORM, MOST_RULES } from '../domain/share-work.ts';
import { goneShape } from './queue-shapes.ts';

const id = z.uuid();
const day = z.iso.date();

/** What is asked for: the person and who covers by their ids. */
export const absenceInputShape = z.strictObject({
  id,
  userId: id,
  from: day,
  until: day,
  kind: z.string().min(1).max(60),
  coveredBy: id.nullable(),
  withdrawn: z.boolean(),
});
export type AbsenceInput = z.infer<typeof absenceInputShape>;

const personShape = z.strictObject({ id: z.string(), name: z.string() });
export const absenceShape = absenceInputShape.omit({ userId: true, coveredBy: true, withdrawn: true }).extend({
  person: personShape,
  coveredBy: personShape.nullable(),
});
export type AbsenceView = z.infer<typeof absenceShape>;

export const normInputShape = z.strictObject({ userId: id.nullable(), norm: z.number().int().min(0).max(MOST_NORM).nullable() });

export const shareRuleShape = z.strictObject({
  id,
  on: z.boolean(),
  kinds: z.array(z.string().max(100)).max(100),
  people: z.array(id).max(200),
  most: z.number().int().min(1).max(MOST_NORM).nullable(),
});
export const shareRulesShape = z.array(shareRuleShape).max(MOST_RULES);

export const workloadPersonShape = personShape.extend({
  open: z.number(),
  overdue: z.number(),
  dueToday: z.number(),
  gone: goneShape.nullable(),
  /** Registered by this person on the court day of `asOf`. */
  doneToday: z.number(),
  /** Open filings that this person can carry; `own`: laid down for this person. */
  norm: z.strictObject({ count: z.number(), own: z.boolean() }),
  /** Away on the court day of `asOf`. */
  away: absenceShape.nullable(),
});
export type WorkloadPerson = z.infer<typeof workloadPersonShape>;

/** Everybody who works on filings, by name, then who does so no more and still has open ones. */
export const workloadShape = z.strictObject({
  asOf: z.string(),
  /** The court day of `asOf`. */
  today: z.string(),
  /** Open filings that nobody has. */
  unassigned: z.number(),
  people: z.array(workloadPersonShape),
  /** Of everybody who has no norm of his own. */
  norm: z.number(),
  /** That are not over, by their beginning. */
  absences: z.array(absenceShape),
  absenceKinds: z.array(z.strictObject({ id: z.string(), kk: z.string(), ru: z.string(), en: z.string() })),
  rules: shareRulesShape,
  /** Whom the rules still name although they are not among `people` any more. */
  former: z.array(personShape),
  /** What the rules would give out now of what nobody has. */
  shareable: z.number(),
});
export type Workload = z.infer<typeof workloadShape>;
