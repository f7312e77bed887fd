import { z } from 'zod';
import { BrokenReference, readLaw } from './read-law.ts';

const named = { kk: z.string().min(1), ru: z.string().min(1), en: z.string().min(1) };
const factor = z.number().nonnegative();
const rateSchema = z.looseObject({
  id: z.string().min(1),
  /** Article: `665.1.1`. */
  para: z.string(),
  ...named,
  /** Of the value of the claim. */
  percent: factor.optional(),
  cap_mci: factor.optional(),
  /** A number of monthly indexes. */
  mci: factor.optional(),
  mci_per_document: factor.optional(),
  mci_per_page: factor.optional(),
  /** Of what the `base` would cost. */
  percent_of_base: factor.optional(),
  /** A rate or a family of rates; `claim`: a claim by its value, or one that has none. */
  base: z.string().optional(),
});
export type DutyRate = z.infer<typeof rateSchema>;
const exemptionSchema = z.strictObject({
  id: z.string().min(1),
  source: z.string(),
  ...named,
  validFrom: z.iso.date().optional(),
  /** Last day. */
  validTo: z.iso.date().optional(),
});
export type DutyExemption = z.infer<typeof exemptionSchema>;
const editionSchema = z.looseObject({
  version: z.string(),
  valid_from: z.iso.date(),
  act: z.string(),
  rates: z.array(rateSchema).min(1),
  /** A rate that differs by who pays. */
  families: z.record(z.string(), z.strictObject({ individual: z.string(), legal: z.string() })),
  exemptions: z.array(exemptionSchema),
  payment: z.looseObject({ kbk: z.array(z.looseObject({ code: z.string().regex(/^\d{6}$/) })).min(1) }),
});
const rulesSchema = z.strictObject({
  version: z.string(),
  validFrom: z.iso.date(),
  source: z.string(),
  rules: z.record(
    z.string(),
    z.strictObject({
      /** What is assumed when the filing does not name its basis. */
      withValue: z.string(),
      withoutValue: z.string(),
      bases: z.record(z.string(), z.strictObject({ ...named, rates: z.array(z.string()) })),
    }),
  ),
});
export type DutyBasis = {
  readonly id: string;
  readonly kk: string;
  readonly ru: string;
  readonly en: string;
  readonly rates: readonly string[];
};
/** What a kind of filing costs, by the nature of what is asked for. Several rates of one basis add up. */
export type DutyRule = {
  readonly id: string;
  readonly withValue: string;
  readonly withoutValue: string;
  readonly bases: readonly DutyBasis[];
};
export type DutyEdition = {
  readonly version: string;
  readonly validFrom: string;
  readonly act: string;
  /** A rate for who pays; null when the edition has none of this name. */
  rate(name: string, payer: 'individual' | 'legal'): DutyRate | null;
  readonly exemptions: readonly DutyExemption[];
  /** Budget codes to which the duty is paid. */
  readonly kbk: readonly string[];
};
export type DutyLaw = {
  rule(id: string): DutyRule | null;
  /** The edition in force on a court day; null before the first that is known. */
  edition(day: string): DutyEdition | null;
  /** Monthly calculation index of a court day in whole tenge; null before the first that is known. */
  mci(day: string): number | null;
  /** What is reckoned by where a day is before everything that is known. */
  readonly oldest: { readonly edition: DutyEdition; readonly mci: number };
};

/**
 * @param editions the files `state_duty_*.json`, by name
 * @param mci rows of mci.csv
 * @throws BrokenReference
 */
export function readDutyLaw(
  editions: Readonly<Record<string, string>>,
  rulesJson: string,
  mci: readonly { readonly valid_from: string; readonly mci_kzt: string }[],
): DutyLaw {
  const read = Object.entries(editions)
    .map(([file, json]) => toEdition(file, readLaw(file, json, editionSchema)))
    .sort(newestFirst);
  if (read.length === 0) throw new BrokenReference('state_duty_*.json', 'there is none');
  const { rules } = readLaw('duty-rules.json', rulesJson, rulesSchema);
  const known = new Map(
    Object.entries(rules).map(([id, { bases, withValue, withoutValue }]) => {
      for (const name of [withValue, withoutValue])
        if (!Object.hasOwn(bases, name)) throw new BrokenReference('duty-rules.json', `rules.${id}: no basis ${name}`);
      const list = Object.entries(bases).map(([basis, value]) => ({ id: basis, ...value }));
      for (const rate of list.flatMap(({ rates }) => rates))
        if (!read.some((edition) => edition.rate(rate, 'individual')))
          throw new BrokenReference('duty-rules.json', `rules.${id}: no edition of the state duty has the rate ${rate}`);
      return [id, { id, withValue, withoutValue, bases: list }];
    }),
  );
  const indexes = mci.map(({ valid_from, mci_kzt }) => ({ validFrom: valid_from, tenge: Number(mci_kzt) })).sort(newestFirst);
  if (indexes.some(({ tenge }) => !Number.isInteger(tenge) || tenge <= 0))
    throw new BrokenReference('mci.csv', 'an index is no whole sum of tenge');
  if (indexes.length === 0) throw new BrokenReference('mci.csv', 'there is none');
  return {
    rule: (id) => known.get(id) ?? null,
    edition: (day) => read.find(({ validFrom }) => validFrom <= day) ?? null,
    mci: (day) => indexes.find(({ validFrom }) => validFrom <= day)?.tenge ?? null,
    oldest: { edition: read.at(-1)!, mci: indexes.at(-1)!.tenge },
  };
}

const newestFirst = (a: { readonly validFrom: string }, b: { readonly validFrom: string }): number => (a.validFrom < b.validFrom ? 1 : -1);

function toEdition(file: string, data: z.infer<typeof editionSchema>): DutyEdition {
  const rates = new Map(data.rates.map((rate) => [rate.id, rate]));
  for (const [name, { individual, legal }] of Object.entries(data.families))
    if (!rates.has(individual) || !rates.has(legal)) throw new BrokenReference(file, `families.${name}: a rate is missing`);
  for (const { id, base } of data.rates)
    if (base !== undefined && base !== 'claim' && !rates.has(base) && !Object.hasOwn(data.families, base))
      throw new BrokenReference(file, `rates.${id}: no rate and no family ${base}`);
  return {
    version: data.version,
    validFrom: data.valid_from,
    act: data.act,
    rate: (name, payer) => rates.get(data.families[name]?.[payer] ?? name) ?? null,
    exemptions: data.exemptions,
    kbk: data.payment.kbk.map(({ code }) => code),
  };
}
