import { parseTenge, timesDecimal } from '../../shared/domain/money.ts';
import type { DutyBasis, DutyEdition, DutyExemption, DutyRate, DutyRule, Reference } from '../reference/index.ts';

/** What the duty of a filing depends on. Sums are tiyn. */
export type DutyFacts = {
  readonly rule: DutyRule;
  /** What the filing names; null: it is told by whether there is a value. */
  readonly basis: string | null;
  readonly claimValue: bigint | null;
  readonly payer: 'individual' | 'legal';
  /** Court day of the payment, whose monthly index counts. */
  readonly paidOn: string;
  readonly exemption: string | null;
  readonly documents: number | null;
  readonly pages: number | null;
};
/** One step: `factor` of `of` is `amount`. `percent` of a sum, so many monthly indexes (`index`), or a `share` in percent of what a claim would cost. */
export type DutyLine = {
  readonly rate: DutyRate;
  readonly how: 'percent' | 'index' | 'share' | 'free';
  readonly factor: number;
  /** Number of documents or pages where the rate is for each. */
  readonly times: number | null;
  readonly of: bigint;
  /** The most that may be levied, when it is what is levied. */
  readonly cap: { readonly indexes: number; readonly amount: bigint } | null;
  readonly amount: bigint;
  /** Only what a share is taken of; it is not paid itself. */
  readonly base: boolean;
};
export type DutyReckoning = {
  readonly due: bigint;
  readonly basis: DutyBasis;
  /** The filing does not say; a person looks whether it is so. */
  readonly assumed: boolean;
  readonly edition: DutyEdition;
  /** No edition of the day of payment is known; the oldest was taken. */
  readonly beforeEditions: boolean;
  readonly mci: number;
  readonly lines: readonly DutyLine[];
  readonly exemption: DutyExemption | null;
};

/**
 * What is due, step by step, by the edition and the monthly index of the day of payment; an exemption that the filing names is shown and takes
 * nothing off: a person looks at its document. A day before every edition is reckoned by the oldest: its date does not make a payment enough.
 * Null when a value or a count is needed that the filing lacks.
 */
export function reckonDuty(law: Reference['duty'], facts: DutyFacts): DutyReckoning | null {
  const known = law.edition(facts.paidOn);
  const edition = known ?? law.oldest.edition;
  const mci = law.mci(facts.paidOn) ?? law.oldest.mci;
  const named = facts.rule.bases.find(({ id }) => id === facts.basis);
  const basis = named ?? assumedBasis(facts.rule, facts.claimValue !== null);
  const lines: DutyLine[] = [];
  for (const name of basis.rates) {
    const rate = edition.rate(name, facts.payer);
    const steps = rate && linesOf(rate, facts, { edition, indexTiyn: BigInt(mci) * 100n });
    if (!steps) return null;
    lines.push(...steps);
  }
  const due = lines.reduce((sum, line) => (line.base ? sum : sum + line.amount), 0n);
  const exemption = edition.exemptions.find(
    ({ id, validFrom, validTo }) => id === facts.exemption && isWithin(facts.paidOn, validFrom, validTo),
  );
  return { due, basis, assumed: !named, edition, beforeEditions: known === null, mci, lines, exemption: exemption ?? null };
}

/** What is taken for the basis of a filing that names none. */
export function assumedBasis({ bases, withValue, withoutValue }: DutyRule, hasValue: boolean): DutyBasis {
  return bases.find(({ id }) => id === (hasValue ? withValue : withoutValue))!;
}

/** Whether what is due is reckoned of the value of the claim. */
export const isByValue = ({ lines }: DutyReckoning): boolean => lines.some(({ how }) => how === 'percent');

const isWithin = (day: string, from = '0000', to = '9999'): boolean => from <= day && day <= to;

type Circumstances = { readonly edition: DutyEdition; readonly indexTiyn: bigint };

function linesOf(rate: DutyRate, facts: DutyFacts, where: Circumstances): DutyLine[] | null {
  const line = (part: Pick<DutyLine, 'how' | 'factor' | 'of' | 'amount'> & Partial<DutyLine>): DutyLine => ({
    ...{ rate, times: null, cap: null, base: false },
    ...part,
  });
  if (rate.percent_of_base !== undefined) {
    const ofClaim = facts.claimValue === null ? 'nonproperty' : 'property';
    const base = where.edition.rate(rate.base === undefined || rate.base === 'claim' ? ofClaim : rate.base, facts.payer);
    const steps = base && linesOf(base, facts, where);
    if (!steps) return null;
    const of = steps.reduce((sum, { amount }) => sum + amount, 0n);
    const amount = timesDecimal(of, rate.percent_of_base, 100n);
    return [...steps.map((step) => ({ ...step, base: true })), line({ how: 'share', factor: rate.percent_of_base, of, amount })];
  }
  if (rate.percent !== undefined) {
    if (facts.claimValue === null) return null;
    const full = timesDecimal(facts.claimValue, rate.percent, 100n);
    const most = rate.cap_mci === undefined ? null : timesDecimal(where.indexTiyn, rate.cap_mci);
    const cap = most !== null && full > most ? { indexes: rate.cap_mci!, amount: most } : null;
    return [line({ how: 'percent', factor: rate.percent, of: facts.claimValue, cap, amount: cap?.amount ?? full })];
  }
  const each = (factor: number | undefined, times: number | null): DutyLine[] =>
    factor === undefined || times === null
      ? []
      : [line({ how: 'index', factor, times, of: where.indexTiyn, amount: timesDecimal(where.indexTiyn, factor) * BigInt(times) })];
  if (rate.mci_per_document !== undefined || rate.mci_per_page !== undefined) {
    if (facts.documents === null && facts.pages === null) return null;
    return [...each(rate.mci_per_document, facts.documents), ...each(rate.mci_per_page, facts.pages)];
  }
  if (rate.mci === undefined) return null;
  const amount = timesDecimal(where.indexTiyn, rate.mci);
  return [line({ how: rate.mci === 0 ? 'free' : 'index', factor: rate.mci, of: where.indexTiyn, amount })];
}

/** Whole numbers of a form; null for anything else. */
export const countOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;

/** A sum of the message, in tiyn; null when there is none, `unreadable` when it is no sum. */
export function sumOf(tenge: number | string | null | undefined): bigint | null | 'unreadable' {
  if (tenge === null || tenge === undefined || String(tenge).trim() === '') return null;
  return parseTenge(tenge) ?? 'unreadable';
}
