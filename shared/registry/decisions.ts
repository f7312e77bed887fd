import { z } from 'zod';
import { instantSchema, textSchema } from './values.ts';

/** Terms that began with a signed act, by their ids in the office data, and when each is over. */
export const startedTermsSchema = z.array(z.looseObject({ id: textSchema(60), dueAt: instantSchema })).max(20);

/**
 * What a signed ruling decides beside the state that it brings a filing to. Why in the judge's own words stands in the ruling itself and
 * does not travel: grounds are codes of the office data (`152.1.3`, `fee`).
 */
export const decisionMessageSchema = z.looseObject({
  grounds: z.array(textSchema(60)).max(50),
  /** The court that the case goes to; `code` is null for one that the sender's list of courts does not know. */
  transferTo: z
    .looseObject({
      code: z
        .string()
        .regex(/^\d{4}$/)
        .nullable(),
      name: textSchema(300),
    })
    .nullable(),
  terms: startedTermsSchema,
});
export type DecisionMessage = z.infer<typeof decisionMessageSchema>;
