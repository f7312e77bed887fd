/** What the program has checked of a filing: its duty with the reasoning, its contents by article, filings that belong together. */
import { z } from 'zod';

const named = { kk: z.string(), ru: z.string(), en: z.string() };
const instant = z.string();
const nullableText = z.string().nullable();

/** Sums are tenge as decimal text. `due` is null when it cannot be reckoned. */
export const dutyShape = z.strictObject({
  due: nullableText,
  paid: nullableText,
  /** Court day whose rates and index count, and that index in tenge. */
  day: z.string(),
  index: z.number().nullable(),
  payer: z.enum(['individual', 'legal']),
  basis: z.strictObject(named).nullable(),
  /** The filing does not say; `payment`: told from what was paid. */
  assumed: z.enum(['no', 'yes', 'payment']),
  edition: nullableText,
  exemption: z.strictObject({ ...named, source: z.string() }).nullable(),
  lines: z.array(
    z.strictObject({
      ...named,
      source: z.string(),
      how: z.enum(['percent', 'index', 'share', 'free']),
      factor: z.number(),
      times: z.number().nullable(),
      of: z.string(),
      amount: z.string(),
      cap: z.strictObject({ indexes: z.number(), amount: z.string() }).nullable(),
      /** Only what a share is taken of. */
      base: z.boolean(),
    }),
  ),
});
export type Duty = z.infer<typeof dutyShape>;

/** `person`: only somebody who reads can tell. */
export const contentShape = z.strictObject({
  ...named,
  code: z.string(),
  source: z.string(),
  state: z.enum(['there', 'missing', 'person', 'not-asked']),
});
export type ContentView = z.infer<typeof contentShape>;

/** A filing that somebody has linked with this one. */
export const filingLinkShape = z.strictObject({
  id: z.string(),
  number: z.string(),
  receivedAt: z.string(),
  by: z.string(),
  at: z.string(),
});
export type FilingLink = z.infer<typeof filingLinkShape>;

const sideShape = z.strictObject({
  id: z.string(),
  number: z.string(),
  state: z.string(),
  kind: z.string(),
  language: z.enum(['kk', 'ru']),
  receivedAt: z.string(),
  category: nullableText,
  claimValue: nullableText,
  receipt: nullableText,
  parties: z.array(z.strictObject({ side: z.string(), name: z.string(), number: nullableText })),
  /** `same`: the other filing has these very bytes. */
  documents: z.array(z.strictObject({ id: z.string(), title: z.string(), pages: z.number().nullable(), same: z.boolean() })),
});
export type ComparedFiling = z.infer<typeof sideShape>;
/** Two filings side by side, the asked one first; `percent` is null while a text was not read. */
export const filingPairShape = z.strictObject({
  sides: z.tuple([sideShape, sideShape]),
  percent: z.number().nullable(),
  linked: z.boolean(),
});
export type FilingPair = z.infer<typeof filingPairShape>;

/** In spite of what somebody of the court went on. */
export const overrideRowShape = z.strictObject({
  filingId: z.string(),
  number: z.string(),
  claimant: z.string(),
  kind: z.string(),
  finding: z.string(),
  rule: z.string(),
  severity: z.enum(['error', 'fatal']),
  by: z.string(),
  at: instant,
  reason: z.string(),
  registered: z.boolean(),
});
export type OverrideRow = z.infer<typeof overrideRowShape>;
/** `waiting`: filings that only the head may let pass; `total`: how many there are of each, where not all are here. */
export const overridesShape = z.strictObject({
  waiting: z.array(
    z.strictObject({
      filingId: z.string(),
      number: z.string(),
      claimant: z.string(),
      kind: z.string(),
      rules: z.array(z.string()),
      receivedAt: instant,
    }),
  ),
  overrides: z.array(overrideRowShape),
  total: z.strictObject({ waiting: z.number(), overrides: z.number() }),
});
export type Overrides = z.infer<typeof overridesShape>;
