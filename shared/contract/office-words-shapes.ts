/** What the office says about a filing to its own people. */
import { z } from 'zod';
import { REGISTERED_FACTS } from '../domain/registered-facts.ts';
import { standingShape } from './proceedings-shapes.ts';

const nullableText = z.string().nullable();

export const noteShape = z.strictObject({
  id: z.string(),
  text: z.string(),
  by: z.string(),
  madeAt: z.string(),
  /** It stays to be read as withdrawn. */
  withdrawnAt: nullableText,
  /** Of the person who asks, and not withdrawn: it can be. */
  mine: z.boolean(),
  /** The other desks have it. */
  confirmed: z.boolean(),
});
export type Note = z.infer<typeof noteShape>;

export const correctionChangeShape = z.strictObject({
  field: z.enum(['kind', 'category', 'side', 'type', 'name', 'iin', 'bin', 'address', 'party', 'representative']),
  /** Place of the party, from 0; -1 is the representative; null is none of them. */
  party: z.number().int().nullable(),
  before: nullableText,
  after: nullableText,
});
export type CorrectionChange = z.infer<typeof correctionChangeShape>;

export const correctionShape = z.strictObject({
  id: z.string(),
  by: z.string(),
  madeAt: z.string(),
  reason: z.string(),
  confirmed: z.boolean(),
  changes: z.array(correctionChangeShape),
});
export type Correction = z.infer<typeof correctionShape>;

const factPlace = {
  fact: z.enum(REGISTERED_FACTS),
  /** Place of the party, from 0; -1 is the representative; null is none of them. */
  party: z.number().int().min(-1).max(999).nullable(),
};
/** A fact that a filing was registered with, and what holds by its last correction; moments are instants. */
export const factShape = z.strictObject({ ...factPlace, registered: nullableText, now: nullableText });
export type FactView = z.infer<typeof factShape>;
export const factCorrectionShape = z.strictObject({
  ...factPlace,
  id: z.string(),
  before: nullableText,
  after: nullableText,
  reason: z.string(),
  by: z.string(),
  madeAt: z.string(),
  /** One that the registry refused does not hold. */
  standing: standingShape,
  /** What holds of the fact, by whichever correction. */
  now: nullableText,
});
export type FactCorrection = z.infer<typeof factCorrectionShape>;
/** `corrections`: newest first. */
export const registeredFactsShape = z.strictObject({ facts: z.array(factShape), corrections: z.array(factCorrectionShape) });
export type RegisteredFacts = z.infer<typeof registeredFactsShape>;
/** `before` is what the person saw; `after` null: there is none. */
export const correctedFactShape = z.strictObject({
  ...factPlace,
  before: z.string().max(2000).nullable(),
  after: z.string().trim().max(2000).nullable(),
});

const line = (most: number) => z.string().trim().max(most);
const orNull = (most: number) =>
  line(most)
    .transform((text) => (text === '' ? null : text))
    .nullable();
export const correctedPartyShape = z.strictObject({
  side: line(40).min(1),
  type: line(40).min(1),
  name: line(2000).min(1),
  iin: orNull(40),
  bin: orNull(40),
  address: orNull(2000),
  phone: orNull(200),
  email: orNull(400),
});
export const correctedValuesShape = z.strictObject({
  kind: z.string().min(1).max(100),
  category: orNull(300),
  parties: z.array(correctedPartyShape).min(1).max(1000),
  representative: correctedPartyShape.nullable(),
});
export type CorrectedValues = z.infer<typeof correctedValuesShape>;
