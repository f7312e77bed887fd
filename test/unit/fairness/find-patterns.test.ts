import { describe, expect, it } from 'vitest';
import { findPatterns, sayPattern, type Counted } from '../../../main/fairness/find-patterns.ts';
import type { PatternRule } from '../../../main/reference/index.ts';

const rule: PatternRule = {
  ...{ id: 'person-kind', of: 'registered', what: 'out-of-turn', per: ['person', 'kind'], least: 3, sharePercent: 30, timesCourt: 2 },
  kk: '{person} {kind} {n} {m} {share} {court} {least} {limit} {times}',
  ru: '{person}: {n} из {m}',
  en: '{n} of {m}',
};
const filings = (person: string | null, kind: string, all: number, early: number): Counted[] =>
  Array.from({ length: all }, (_, n) => ({
    ...{ filingId: `${person ?? ''}-${kind}-${n}`, kind, person, claimant: null, reason: null },
    has: { 'out-of-turn': n < early },
  }));
const find = (rules: PatternRule[], registered: Counted[], overrides: Counted[] = []) =>
  findPatterns(rules, { registered, overrides, proposals: [] });

describe('the rules of the fairness ledger', () => {
  it('point at a group with its numbers, and say so with those of the rule', () => {
    const things = [...filings('A', 'claim', 10, 4), ...filings('B', 'claim', 30, 1)];
    const [found, ...others] = find([rule], things);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ group: { person: 'A', kind: 'claim' }, n: 4, m: 10, sharePercent: 40, courtPercent: 12.5 });
    expect(found!.filingIds).toEqual(['A-claim-0', 'A-claim-1', 'A-claim-2', 'A-claim-3']);
    expect(sayPattern(found!, 'kk', () => 'Талап қою')).toBe('A Талап қою 4 10 40 13 3 30 2');
  });

  it('point at nothing below the number, the share, or the share of the office', () => {
    expect(find([rule], [...filings('A', 'claim', 4, 2), ...filings('B', 'claim', 60, 0)])).toEqual([]);
    expect(find([rule], [...filings('A', 'claim', 20, 5), ...filings('B', 'claim', 60, 0)])).toEqual([]);
    expect(find([rule], filings('A', 'claim', 10, 4))).toEqual([]);
    expect(find([rule], [])).toEqual([]);
  });

  it('leave out what nobody is known for, and rank nobody: the order is that of the names', () => {
    expect(find([{ ...rule, timesCourt: null }], filings(null, 'claim', 10, 9))).toEqual([]);
    const things = [...filings('B', 'claim', 10, 9), ...filings('A', 'claim', 10, 4)];
    expect(find([{ ...rule, timesCourt: null }], things).map(({ group }) => group.person)).toEqual(['A', 'B']);
  });

  it('count how many of all reasons are in the same words', () => {
    const said = (reason: string, n: number): Counted[] =>
      Array.from({ length: n }, (_, at) => ({
        ...{ filingId: `${reason}${at}`, kind: 'claim', person: 'A', claimant: null, reason },
        has: {},
      }));
    const same: PatternRule = { ...rule, id: 'same', of: 'overrides', what: null, per: ['reason'], timesCourt: null };
    expect(find([same], [], [...said('бар', 4), ...said('басқа', 1), ...said('өзге', 1)])).toMatchObject([
      { group: { reason: 'бар' }, n: 4, m: 6 },
    ]);
  });
});
