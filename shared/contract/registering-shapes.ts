/** What is worth knowing before a number is bound. */
import { z } from 'zod';
import { filingStateShape } from './filing-state-shape.ts';

/** A case of this court that a filing may be filed into; people and kind are null for one that this desk knows by its number alone. */
export const caseChoiceShape = z.strictObject({
  number: z.string(),
  filingId: z.string().nullable(),
  kind: z.string().nullable(),
  claimant: z.string().nullable(),
  respondent: z.string().nullable(),
  registeredAt: z.string().nullable(),
  state: filingStateShape.nullable(),
  /** `named`: the filer named it; `same-parties`: it is between the same people and still open; `found`: by what was typed. */
  why: z.enum(['named', 'same-parties', 'found']),
});
export type CaseChoice = z.infer<typeof caseChoiceShape>;

/** A filing that is registered already and looks like this one. */
export const lateDuplicateShape = z.strictObject({
  filingId: z.string(),
  cabinetNumber: z.string(),
  incomingNumber: z.string().nullable(),
  caseNumber: z.string().nullable(),
  registeredAt: z.string(),
  state: filingStateShape,
  why: z.enum(['same-bytes', 'same-parties']),
});
export type LateDuplicate = z.infer<typeof lateDuplicateShape>;

export const beforeRegisteringShape = z.strictObject({ cases: z.array(caseChoiceShape), duplicates: z.array(lateDuplicateShape) });
export type BeforeRegistering = z.infer<typeof beforeRegisteringShape>;
