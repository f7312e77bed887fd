import { startedTermsSchema } from './decisions.ts';
import { textSchema } from './values.ts';

/** What is said of an act wherever one is named. */
export const namedAct = {
  /** What the act is called, in its language. Rulings that decide on a filing go by their kind. */
  title: textSchema(300).optional(),
  /** Those of an act that decides nothing on the filing; a ruling has them in its decision. */
  terms: startedTermsSchema.optional(),
} as const;
