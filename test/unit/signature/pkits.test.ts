import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ANY_POLICY,
  loadPolicy,
  readCertificate,
  readTrustMaterial,
  validatePath,
  type Policy,
  type TrustMaterial,
} from '../../../main/signature/index.ts';
import { PKITS, PKITS_TESTS } from '../../support/pkits.ts';

/** Within the validity of the suite. */
const AT = '2026-11-21T00:00:00Z';
const present = existsSync(path.join(PKITS, 'certs'));
const leaves = present ? readdirSync(path.join(PKITS, 'certs')).filter((name) => name.endsWith('EE.crt')) : [];

describe.skipIf(!present)('NIST PKITS', () => {
  let trust: TrustMaterial;
  let policy: Policy;

  beforeAll(async () => {
    const folder = (name: string) => path.join(PKITS, name);
    const anchors = [folder('certs/TrustAnchorRootCertificate.crt')];
    const material = await readTrustMaterial({ anchors, certs: [folder('certs')], crls: [folder('crls')], ocsp: [] });
    const loaded = await loadPolicy('', path.resolve(import.meta.dirname, '../../../resources/policy/certification-path.json'));
    if (!material.ok || !loaded.ok) throw new Error('cannot begin');
    trust = material.value;
    policy = loaded.value;
  });

  it('every end certificate of the suite has its test', () => {
    expect([...new Set(PKITS_TESTS.map(({ leaf }) => leaf))].sort()).toEqual(leaves.sort());
  });

  // The whole suite is the pool of each test, so that only the right certificates and lists may be chosen.
  it.each(PKITS_TESTS)('$number $leaf: $valid', ({ leaf, valid, settings }) => {
    const certificate = readCertificate(readFileSync(path.join(PKITS, 'certs', leaf)));
    if (certificate === null) throw new Error('unreadable');
    const { initialPolicies, requireExplicitPolicy = false, inhibitPolicyMapping = false, inhibitAnyPolicy = false } = settings;
    const wanted = {
      initialPolicies: new Set(initialPolicies ?? [ANY_POLICY]),
      requireExplicitPolicy,
      inhibitPolicyMapping,
      inhibitAnyPolicy,
    };
    const verdict = validatePath({ certificate, trust, at: AT, policy, requireRevocation: true, wanted });
    expect([verdict.valid, verdict.reason === null]).toEqual([valid, valid]);
  });
});
