import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadReference } from '../../../main/reference/index.ts';
import { readDecisionRules } from '../../../main/reference/decision-rules.ts';
import { readRulingTemplate } from '../../../main/pdf/ruling-template.ts';
import { rulingOf } from '../../../shared/domain/decision.ts';

const reference = loadReference('resources');
const AT = '2026-11-23T05:00:00Z';
const rules = (procedure: string | null, at = AT) => reference.decisionRules(procedure, at);
const codes = (procedure: string, decision: string) =>
  rules(procedure)
    .find((rule) => rule.decision === decision)
    ?.grounds.map((g) => g.code);

describe('what a judge may decide', () => {
  it('is all four on a civil claim, by the articles of each', () => {
    expect(rules('civil').map(({ decision }) => decision)).toEqual(['accept', 'return', 'refuse', 'transfer']);
    expect(codes('civil', 'accept')).toEqual([]);
    expect(codes('civil', 'return')).toContain('152.1.9');
    expect(codes('civil', 'refuse')).toEqual(['151.1.1', '151.1.2', '151.1.3', '151.1.4']);
    expect(codes('civil', 'transfer')).toEqual(['34.2']);
    expect(rules('civil').map(({ court }) => court)).toEqual([false, false, false, true]);
  });

  it('parts the grounds of АППК 138 into those that bar filing again and the others, none in both', () => {
    const [returned, refused] = [codes('administrative', 'return')!, codes('administrative', 'refuse')!];
    expect(refused).toEqual([3, 5, 9, 11, 12, 13, 14, 15, 17].map((n) => `138.2.${n}`));
    expect(returned).toHaveLength(8);
    expect(returned.filter((code) => refused.includes(code))).toEqual([]);
  });

  it('is no acceptance and no transfer of an application for a court order, and nothing where no ruling is known', () => {
    expect(rules('court-order').map(({ decision }) => decision)).toEqual(['return', 'refuse']);
    expect(rules(null)).toEqual([]);
    expect(rules('toString')).toEqual([]);
  });

  it('has a template and known terms for everything that is offered', () => {
    for (const procedure of ['civil', 'counterclaim', 'third-party-claim', 'administrative', 'court-order'])
      for (const rule of rules(procedure)) {
        for (const language of ['kk', 'ru'] as const)
          expect(readRulingTemplate('resources', rulingOf(rule.decision), procedure, language, AT).ruled).not.toEqual([]);
        expect(rule.terms.map(({ id }) => reference.term(id)?.id)).toEqual(rule.terms.map(({ id }) => id));
        expect(rule.terms).not.toEqual([]);
      }
  });

  it('follows the edition in force on the day, and the oldest one before it', () => {
    const file = JSON.parse(readFileSync('resources/reference/decisions.json', 'utf8')) as { version: string; versions: object[] };
    const later = { ...file.versions[0]!, validFrom: '2027-01-01', procedures: { civil: {} } };
    const both = JSON.stringify({ ...file, versions: [later, ...file.versions] });
    const read = readDecisionRules(both, readFileSync('resources/reference/ruling_grounds.json', 'utf8'));
    expect(read('civil', '2026-12-31T18:59:59Z')).toHaveLength(4);
    expect(read('civil', '2026-12-31T19:00:00Z')).toEqual([]);
    expect(read('civil', '2020-01-01T00:00:00Z')).toHaveLength(4);
  });

  it('does not open with grounds that are nowhere', () => {
    const broken = readFileSync('resources/reference/decisions.json', 'utf8').replace('"gpk_151_refuse"', '"gpk_999"');
    const read = readDecisionRules(broken, readFileSync('resources/reference/ruling_grounds.json', 'utf8'));
    expect(() => read('civil', AT)).toThrow('gpk_999');
  });
});
