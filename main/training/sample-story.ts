import { z } from 'zod';
import { COURT_LANGUAGES } from '../../shared/domain/language.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import samples from '../../resources/training/sample-filings.json' with { type: 'json' };

/** What is the matter with a filing, and the verdict on its signatures that follows from it. */
export const STORY_VERDICT = {
  good: 'valid',
  /** The signature is sound; the signer is neither a party nor the representative. */
  'not-applicant': 'valid',
  /** No proof that the signature is older than the revocation. */
  revoked: 'undecided',
  'ocsp-unreachable': 'undecided',
  'changed-document': 'invalid',
} as const satisfies Record<string, Verdict>;
export type StoryKind = keyof typeof STORY_VERDICT;

const blockSchema = z.union([
  z.string(),
  z.strictObject({ heading: z.string() }),
  z.strictObject({ list: z.array(z.string()) }),
  z.strictObject({ table: z.array(z.tuple([z.string(), z.string()])) }),
]);
export type Block = z.infer<typeof blockSchema>;

const textFields = { role: z.string(), file: z.string(), title: z.string(), heading: z.string(), body: z.array(blockSchema) };
const documentSchema = z.discriminatedUnion('layout', [
  /** To the court: with the addressee and the parties above, annexes and signature below. */
  z.strictObject({ ...textFields, layout: z.literal('application'), subheading: z.string().nullable() }),
  /** `signer: applicant`: signed by the applicant himself where the rest is signed by the representative. */
  z.strictObject({ ...textFields, layout: z.literal('plain'), signer: z.literal('applicant').optional() }),
  z.strictObject({ role: z.string(), file: z.string(), title: z.string(), layout: z.literal('receipt') }),
]);
export type StoryDocument = z.infer<typeof documentSchema>;

const amounts = z.record(z.string(), z.number().int().positive());
const side = z.enum(['claimant', 'respondent']);
const storySchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  story: z.enum(Object.keys(STORY_VERDICT) as [StoryKind, ...StoryKind[]]),
  language: z.enum(COURT_LANGUAGES),
  category: z.string(),
  /** Keys of citizens of the kit. */
  applicant: z.string(),
  side,
  representative: z.string().nullable(),
  signer: z.string(),
  others: z.array(z.strictObject({ side, person: z.string() })),
  labels: z.strictObject({ applicant: z.string(), other: z.string() }),
  /** Whole tenge. With a duty on the value of the claim, their sum is that value. */
  amounts,
  /** What the document says after somebody changed it. */
  changedAmounts: amounts.optional(),
  /** A rate of resources/reference/state_duty_2026.json; null when none is due. */
  duty: z.string().nullable(),
  joinsCase: z.boolean(),
  /** Days from the present. */
  days: z.record(z.string(), z.number().int()),
  documents: z.array(documentSchema).min(1),
});
export type Story = z.infer<typeof storySchema>;

const otherSchema = z.strictObject({
  type: z.enum(['individual', 'organisation']),
  name: z.string(),
  iin: z.string().optional(),
  bin: z.string().optional(),
  address: z.string(),
});
export type OtherParty = z.infer<typeof otherSchema>;

const samplesSchema = z.strictObject({
  note: z.string(),
  /** Who may stand in for the people of a story when it is told again. */
  variation: z.strictObject({ kk: z.array(z.string()), ru: z.array(z.string()), others: z.array(z.string()) }),
  others: z.record(z.string(), otherSchema),
  /** In the order in which they are taken: any first few are a sensible mixture. */
  stories: z.array(storySchema),
});

/** The stories and people of resources/training/sample-filings.json. */
export const loadSamples = () => samplesSchema.parse(samples);
