import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failed, notRun, passed } from '../../../main/signature/checks/finding.ts';
import { CHECK_IDS, ruleOf } from '../../../main/signature/checks/registry.ts';
import { conclude } from '../../../main/signature/conclude.ts';
import { loadPolicy, POLICY_NAMES } from '../../../main/signature/index.ts';
import { writeTemporary } from '../../support/openssl-pki.ts';
import { policyNamed } from '../../support/verify-signature.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const written = JSON.parse(readFileSync(path.join(RESOURCES, 'policy/kz-incoming.json'), 'utf8'));

describe('policies', () => {
  it.each(POLICY_NAMES)('%s loads, has a version, and gives every check a level', async (name) => {
    const policy = await policyNamed(name);
    expect(policy).toMatchObject({ id: name, version: expect.stringMatching(/^\d{4}-\d+$/) });
    expect(Object.keys(policy.checks).sort()).toEqual([...CHECK_IDS].sort());
  });

  it('are loaded from a file as well', async () => {
    const own = await loadPolicy(RESOURCES, writeTemporary('policy.json', JSON.stringify({ ...written, id: 'own', version: '1' })));
    expect(own).toMatchObject({ ok: true, value: { id: 'own' } });
  });

  it.each([
    ['that lowers an absolute check', { ...written, checks: { ...written.checks, 'cryptography.digest': 'warn' } }],
    ['that leaves a check out', { ...written, checks: Object.fromEntries(Object.entries(written.checks).slice(1)) }],
    ['with a check nobody knows', { ...written, checks: { ...written.checks, 'made.up': 'fail' } }],
    ['with a level nobody knows', { ...written, checks: { ...written.checks, 'pdf.unmodified': 'maybe' } }],
    ['that is not one', []],
  ])('one %s is refused', async (_, policy) => {
    expect(await loadPolicy(RESOURCES, writeTemporary('policy.json', JSON.stringify(policy)))).toMatchObject({
      ok: false,
      error: { code: 'input-invalid' },
    });
  });

  it('one that is not there, or not JSON, says so', async () => {
    expect(await loadPolicy(RESOURCES, 'no-such-policy')).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
    expect(await loadPolicy(RESOURCES, writeTemporary('policy.json', '{'))).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
  });
});

describe('weighing of findings', async () => {
  const policy = await policyNamed('kz-incoming');
  const proofs = ['cryptography.value'] as const;
  const good = passed('cryptography.value');

  it('passes when nothing fails and the proofs are there', () => {
    expect(conclude([good], policy, proofs)).toMatchObject({ indication: 'TOTAL-PASSED', subIndication: null, warnings: [] });
  });

  it('never passes while a proof was not run', () => {
    for (const findings of [[], [notRun('cryptography.value', 'x')]])
      expect(conclude(findings, policy, proofs)).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'GENERIC' });
  });

  it('lets a failure go before an open question, and the earlier check explain', () => {
    const findings = [failed('revocation.known', 'x'), failed('path.found', 'x'), good];
    expect(conclude(findings, policy, proofs)).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' });
    expect(conclude([...findings, failed('cryptography.digest', 'x')], policy, proofs)).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    });
  });

  it('records every check in one order, with the weight the policy gave it', () => {
    const { checks, warnings } = conclude(
      [failed('acceptance.signing-certificate', 'missing'), good, notRun('cryptography.digest', 'none')],
      policy,
      proofs,
    );
    expect(checks).toEqual([
      { id: 'cryptography.digest', result: 'not-run', reason: 'none' },
      { id: 'cryptography.value', result: 'ok', reason: null },
      { id: 'acceptance.signing-certificate', result: 'warn', reason: 'missing' },
    ]);
    expect(warnings).toEqual(['SIGNING_CERTIFICATE_ATTRIBUTE_MISSING']);
  });

  it('ignores and informs without deciding', () => {
    for (const [level, result] of [
      ['ignore', 'not-run'],
      ['inform', 'warn'],
    ] as const) {
      const lenient = { ...policy, checks: { ...policy.checks, 'revocation.known': level } };
      const outcome = conclude([good, failed('revocation.known', 'x')], lenient, proofs);
      expect([outcome.indication, outcome.warnings, outcome.checks.at(-1)?.result]).toEqual(['TOTAL-PASSED', [], result]);
    }
  });

  it('each check names its clause, and the room explains it', () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../../main/signature/README.md'), 'utf8');
    for (const id of CHECK_IDS) {
      const { clause, conclusion, absolute } = ruleOf(id);
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}\``));
      expect(row?.replace(/ +/g, ' '), id).toContain(`| ${clause} | ${conclusion.indication}/${conclusion.subIndication} |`);
      expect(row?.includes('●')).toBe(absolute === true);
    }
  });
});
