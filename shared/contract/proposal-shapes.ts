/** What the office marks as wrong with a filing and proposes to the judge, with the words for the filer. */
import { z } from 'zod';
import { MEND_FACTS } from '../domain/mend-text.ts';

/** What a defect is about: a document of the filing, a field of its form by the names of `earlier.field.`, or an annex that is not there. */
export const defectPlaceShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('document'), id: z.string().max(100) }),
  z.strictObject({ kind: z.literal('field'), field: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('annex'), name: z.string().trim().min(1).max(300) }),
]);
export type DefectPlace = z.infer<typeof defectPlaceShape>;

/** `note`: what is to be mended, in the language of the filing. */
export const defectShape = z.strictObject({
  code: z.string(),
  note: z.string().max(4000).nullable(),
  places: z.array(defectPlaceShape).max(100).optional(),
});
export type Defect = z.infer<typeof defectShape>;

export const PROPOSED = ['return', 'refuse', 'transfer'] as const;
const courtShape = z.strictObject({ code: z.string().max(4).nullable(), name: z.string().max(300) });
const groundShape = z.strictObject({ code: z.string().min(1).max(60), note: z.string().max(4000).nullable() });

/** A return rests on the marked defects, a refusal and a transfer on grounds of law. */
export const proposalShape = z.strictObject({
  decision: z.enum(PROPOSED),
  grounds: z.array(groundShape).max(50),
  transferTo: courtShape.nullable(),
});
export type Proposal = z.infer<typeof proposalShape>;

export const noticeShape = z.strictObject({ kk: z.string(), ru: z.string() });
export type Notice = z.infer<typeof noticeShape>;
export const madeProposalShape = proposalShape.extend({ notice: noticeShape, by: z.string().nullable(), at: z.string() });
export type MadeProposal = z.infer<typeof madeProposalShape>;

/** `decision` is null where another desk had proposed it. */
export const recalledProposalShape = z.strictObject({
  id: z.string(),
  decision: z.enum(PROPOSED).nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  /** The registry has heard of it. */
  confirmed: z.boolean(),
});

const wordedShape = z.strictObject({ code: z.string(), article: z.string(), nameKk: z.string(), nameRu: z.string() });
export const proposalOfferShape = z.strictObject({
  /** What the law knows for this kind of filing. */
  decisions: z.array(z.strictObject({ decision: z.enum(PROPOSED), grounds: z.array(wordedShape), court: z.boolean() })),
  courts: z.array(z.strictObject({ code: z.string(), nameKk: z.string(), nameRu: z.string() })),
  /** Words of what is to be mended, by defect, and the facts of this filing that they may name. */
  mend: z.record(z.string(), z.array(z.strictObject({ needs: z.array(z.enum(MEND_FACTS)), kk: z.string(), ru: z.string() }))),
  facts: z.strictObject({ less: z.string().optional(), due: z.string().optional() }),
  /** What the findings speak for, to begin with. */
  found: z.array(defectShape),
  /** What each defect may be about, and the fields of the form that there are. */
  places: z.record(z.string(), z.array(z.enum(['document', 'field', 'annex']))),
  fields: z.array(z.string()),
});
export type ProposalOffer = z.infer<typeof proposalOfferShape>;
