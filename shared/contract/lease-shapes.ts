/** Who has a filing. Instants are UTC ISO strings by this desk's clock. */
import { z } from 'zod';

/** Another desk of the court has it: a person there, or the desk has it set aside for work without a line. */
export const heldShape = z.strictObject({
  /** Null when nobody there has it open. */
  name: z.string().nullable(),
  desk: z.string(),
  since: z.string(),
  until: z.string(),
  /** That desk has not spoken to the registry for a while: it may be working without a line. */
  silent: z.boolean(),
});
export type Held = z.infer<typeof heldShape>;

/** The head of the office took the filing over from this desk. */
export const takenOverShape = z.strictObject({ by: z.string().nullable(), reason: z.string(), at: z.string() });
