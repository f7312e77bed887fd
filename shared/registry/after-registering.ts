/** What the office still says of a filing once it is registered: its facts are not edited, and a proposal may be taken back until the judge has signed. */
import { z } from 'zod';
import { REGISTERED_FACTS } from '../domain/registered-facts.ts';
import { idSchema, instantSchema, textSchema } from './values.ts';

const reason = z.string().trim().min(1).max(1000);
const correction = {
  correctionId: idSchema,
  filingId: idSchema,
  /** Place of the party it is about, from 0; -1 is the representative; null where it is about none. */
  party: z.number().int().min(-1).max(999).nullable(),
  /** What held before, as registered or as corrected last. Moments are instants. */
  before: textSchema(2000).nullable(),
  after: textSchema(2000).nullable(),
  reason,
  madeAt: instantSchema,
};
const recall = { recallId: idSchema, filingId: idSchema, reason, recalledAt: instantSchema };

export const afterRegisteringCommands = {
  'fact.correct': z.strictObject({ ...correction, fact: z.enum(REGISTERED_FACTS) }),
  'proposal.recall': z.strictObject(recall),
} as const;

/** Feed kind `filing.fact-corrected`. */
export const factCorrectionMessageSchema = z.looseObject({ ...correction, fact: textSchema(40), by: idSchema });
export type FactCorrectionMessage = z.infer<typeof factCorrectionMessageSchema>;

/** Feed kind `filing.proposal-recalled`. */
export const proposalRecallMessageSchema = z.looseObject({ ...recall, by: idSchema });
export type ProposalRecallMessage = z.infer<typeof proposalRecallMessageSchema>;
