import { describe, expect, it } from 'vitest';
import { NO_POLICY_WANTED, processPolicies, type PolicyInputs } from '../../../main/signature/trust/process-policies.ts';
import { inhibitAnyPolicy, mappings, pathOf, policies, policyConstraints, policyOid } from '../../support/forge-path.ts';

const EXPLICIT: Partial<PolicyInputs> = { requireExplicitPolicy: true };
const wanting = (...names: readonly string[]): Partial<PolicyInputs> => ({ ...EXPLICIT, initialPolicies: new Set(names.map(policyOid)) });
const judge = (levels: readonly (readonly Uint8Array[])[], wanted: Partial<PolicyInputs> = EXPLICIT) =>
  processPolicies(pathOf(...levels), { ...NO_POLICY_WANTED, ...wanted })?.reason ?? 'ok';

describe('certificate policies', () => {
  it('count for nothing while nobody asks for one', () => {
    expect(judge([[], []], {})).toBe('ok');
    expect(judge([[policies('p.1')], [policies('p.2')]], {})).toBe('ok');
  });

  it('must be valid throughout where one is asked for', () => {
    expect(judge([[policies('p.1')], [policies('p.1')]])).toBe('ok');
    expect(judge([[policies('p.1')], [policies('p.2')]])).toBe('policy-required');
    expect(judge([[policies('p.1')], []])).toBe('policy-required');
    expect(judge([[], [policies('p.1')]])).toBe('policy-required');
  });

  it('must be one of those asked for', () => {
    const path = [[policies('p.1', 'p.2')], [policies('p.2', 'p.3')]];
    expect([judge(path, wanting('p.2')), judge(path, wanting('p.1')), judge(path, wanting('p.3')), judge(path, wanting())]).toEqual([
      'ok',
      'policy-required',
      'policy-required',
      'policy-required',
    ]);
  });

  it('any policy stands for each, also for one asked for', () => {
    expect(judge([[policies('any')], [policies('p.1')]], wanting('p.1'))).toBe('ok');
    expect(judge([[policies('any')], [policies('any')]], wanting('p.7'))).toBe('ok');
    expect(judge([[policies('any')], [policies('p.1')]], wanting('p.2'))).toBe('policy-required');
  });

  it('any policy no longer stands for anything where it is inhibited, by the asker or by an authority', () => {
    expect(judge([[policies('any')], [policies('p.1')]], { ...EXPLICIT, inhibitAnyPolicy: true })).toBe('policy-required');
    expect(judge([[policies('any'), inhibitAnyPolicy(0)], [policies('any')]])).toBe('policy-required');
    expect(judge([[policies('any'), inhibitAnyPolicy(1)], [policies('any')]])).toBe('ok');
    expect(judge([[policies('any'), inhibitAnyPolicy(1)], [policies('any')], [policies('any')]])).toBe('policy-required');
  });

  it('an authority may ask for one itself, at once or further down', () => {
    expect(judge([[policyConstraints({ explicit: 0 })], []], {})).toBe('policy-required');
    expect(judge([[policies('p.1'), policyConstraints({ explicit: 0 })], [policies('p.1')]], {})).toBe('ok');
    expect(judge([[policyConstraints({ explicit: 3 })], [], []], {})).toBe('ok');
    expect(judge([[policyConstraints({ explicit: 1 })], [], []], {})).toBe('policy-required');
    expect(judge([[], [policyConstraints({ explicit: 0 })]], {}), 'the last certificate of itself').toBe('policy-required');
  });

  it('one is carried over into another domain, and asked for by the name it has in the domain of the anchor', () => {
    const path = [[policies('p.1'), mappings(['p.1', 'p.2'])], [policies('p.2')]];
    expect([judge(path, wanting('p.1')), judge(path, wanting('p.2'))]).toEqual(['ok', 'policy-required']);
    expect(judge(path, { ...EXPLICIT, inhibitPolicyMapping: true })).toBe('policy-required');
    expect(judge([[policies('p.1'), mappings(['p.1', 'p.2'])], [policies('p.1')]])).toBe('policy-required');
  });

  it('mapping out of any policy names a policy of its own', () => {
    const path = [[policies('any'), mappings(['p.1', 'p.2'])], [policies('p.2')]];
    expect([judge(path, wanting('p.1')), judge(path, wanting('p.2')), judge(path)]).toEqual(['ok', 'policy-required', 'ok']);
  });

  it('an authority may end mapping, at once or further down', () => {
    const mapped = [policies('p.1'), mappings(['p.1', 'p.2'])];
    expect(judge([[policies('p.1'), policyConstraints({ mapping: 0 })], mapped, [policies('p.2')]])).toBe('policy-required');
    expect(judge([[policies('p.1'), policyConstraints({ mapping: 1 })], mapped, [policies('p.2')]])).toBe('ok');
  });

  it.each([
    ['any', 'p.1'],
    ['p.1', 'any'],
  ] as const)('mapping %s to %s closes the path', (from, to) => {
    expect(judge([[policies('any'), mappings([from, to])], [policies('p.1')]], {})).toBe('policy-mapping-of-any');
  });

  it('a path that would make a tree of billions of nodes is judged like any other', () => {
    const names = Array.from({ length: 60 }, (_, i) => `p.${i}`);
    const all = names.flatMap((from) => names.map((to) => [from, to] as const));
    const level = [policies(...names), mappings(...all)];
    const levels = [...Array.from({ length: 10 }, () => level), [policies('p.59')]];
    expect([judge(levels, wanting('p.0')), judge(levels, wanting('p.60'))]).toEqual(['ok', 'policy-required']);
  });
});
