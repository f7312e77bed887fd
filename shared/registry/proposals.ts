/** What the office marked on a filing and proposes to the judge. It goes with the registration and is told to the desks of the court alone. */
import { z } from 'zod';
import { idSchema, instantSchema, textSchema } from './values.ts';

export const defectSchema = z.looseObject({ code: textSchema(60), note: textSchema(4000).nullable() });
export type DefectMessage = z.infer<typeof defectSchema>;

export const proposalMessageSchema = z.looseObject({
  /** return, refuse or transfer; a desk passes over others. */
  decision: textSchema(20),
  /** Of the law; those of a return are the defects. */
  grounds: z.array(z.looseObject({ code: textSchema(60), note: textSchema(4000).nullable() })).max(50),
  /** `code` is null for a court that the sender's list of courts does not know. */
  transferTo: z.looseObject({ code: textSchema(10).nullable(), name: textSchema(300) }).nullable(),
  /** The words for the filer. */
  notice: z.looseObject({ kk: textSchema(100_000), ru: textSchema(100_000) }),
  /** Who proposed it, and when. */
  by: idSchema,
  at: instantSchema,
});
export type ProposalMessage = z.infer<typeof proposalMessageSchema>;
