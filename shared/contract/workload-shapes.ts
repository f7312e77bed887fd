/** How the work of the office is shared: what each person has, and what the head of office has laid down about it. */
import { z } from 'zod';

export const workloadPersonShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  open: z.number(),
  overdue: z.number(),
  dueToday: z.number(),
  /** Registered by this person on the court day of `asOf`. */
  doneToday: z.number(),
});
export type WorkloadPerson = z.infer<typeof workloadPersonShape>;

/** Everybody who works on filings, by name. */
export const workloadShape = z.strictObject({
  asOf: z.string(),
  /** `YYYY-MM-DD`, the court day of `asOf`. */
  today: z.string(),
  /** Open filings that nobody has. */
  unassigned: z.number(),
  people: z.array(workloadPersonShape),
});
export type Workload = z.infer<typeof workloadShape>;
