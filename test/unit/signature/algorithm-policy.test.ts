import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { der, readWhole } from '../../../main/asn1/index.ts';
import { judgeAgeing, judgeAlgorithm, judgeHash, judgeKey } from '../../../main/signature/algorithms/judge-algorithm.ts';
import type { PublicKey } from '../../../main/signature/algorithms/public-key.ts';
import { readSignatureScheme, type SignatureScheme } from '../../../main/signature/algorithms/signature-scheme.ts';
import { loadPolicy, POLICY_NAMES } from '../../../main/signature/index.ts';
import { AUTHORITY, CA_EXTENSIONS, issue, keyOf, PERSON, ROOT, signCms, writeTemporary } from '../../support/openssl-pki.ts';
import { policyNamed, reasonOf, verifyOnly } from '../../support/verify-signature.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const written = JSON.parse(readFileSync(path.join(RESOURCES, 'policy/kz-incoming.json'), 'utf8'));
const [kz, court, strict] = (await Promise.all(POLICY_NAMES.map(policyNamed))) as [Policy, Policy, Policy];
type Policy = Awaited<ReturnType<typeof policyNamed>>;

const on = (day: string): number => Date.parse(day);
const TODAY = on('2026-11-22');
const scheme = (oid: string): SignatureScheme => readSignatureScheme(readWhole(der.sequence(der.oid(oid))), null);
const rsa = (bits: number): PublicKey => ({
  kind: 'rsa',
  bits,
  exponent: 65_537n,
  key: new Uint8Array(),
  pssOnly: false,
  der: new Uint8Array(),
});
const SHA1_RSA = scheme('1.2.840.113549.1.1.5');
const SHA256_RSA = scheme('1.2.840.113549.1.1.11');
const GOST_2004 = scheme('1.2.398.3.10.1.1.1.2');
const GOST_2015 = scheme('1.2.398.3.10.1.1.2.3.2');
const GOST_RUSSIAN = scheme('1.2.643.7.1.1.3.3');
const DSA = scheme('2.16.840.1.101.3.4.3.2');

describe('weak algorithms', () => {
  it.each([
    ['SHA-1', SHA1_RSA, '2016-01-01'],
    ['MD5', scheme('1.2.840.113549.1.1.4'), '2008-01-01'],
    ['SHA-1 with ECDSA', scheme('1.2.840.10045.4.1'), '2016-01-01'],
  ])('%s held until its day and not from then on', (_, weak, day) => {
    for (const policy of [kz, court]) {
      expect(judgeAlgorithm(weak, null, policy, on(day) - 1)).toBeNull();
      expect(judgeAlgorithm(weak, null, policy, on(day))).toBe('hash-weak');
      expect(judgeAlgorithm(weak, null, policy, TODAY)).toBe('hash-weak');
    }
    expect(judgeAlgorithm(weak, null, strict, on(day) - 1)).toBe('hash-weak');
  });

  it('SHA-1 as the mask of PSS is weak as well', () => {
    const pss: SignatureScheme = { family: 'RSA-PSS', hash: 'SHA-256', maskHash: 'SHA-1', saltLength: 32 };
    expect([judgeAlgorithm(pss, null, kz, TODAY), judgeAlgorithm({ ...pss, maskHash: 'SHA-256' }, null, kz, TODAY)]).toEqual([
      'hash-weak',
      null,
    ]);
  });

  it('RSA below 2048 bits ended with 2015, below 1024 it never was enough', () => {
    expect([1024, 1536, 2047].map((bits) => judgeKey(rsa(bits), kz, on('2015-12-31')))).toEqual([null, null, null]);
    expect([1024, 2047, 2048, 8192, 8193].map((bits) => judgeKey(rsa(bits), kz, on('2016-01-01')))).toEqual([
      'key-too-short',
      'key-too-short',
      null,
      null,
      'key-too-long',
    ]);
    expect(judgeKey(rsa(1023), kz, on('2010-01-01'))).toBe('key-too-short');
    expect(judgeKey(rsa(1024), strict, on('2010-01-01'))).toBe('key-too-short');
  });

  it('a hash is judged by itself', () => {
    expect(['SHA-256', 'STREEBOG-512', 'SHA-1', 'SHA-224', '1.2.3.4'].map((name) => judgeHash(name, kz, TODAY))).toEqual([
      null,
      null,
      'hash-weak',
      'hash-weak',
      'algorithm-unsupported',
    ]);
  });
});

describe('GOST', () => {
  it('of 2015 is sound under every policy, the Russian one under none', () => {
    for (const policy of [kz, court, strict]) {
      expect(judgeAlgorithm(GOST_2015, null, policy, TODAY)).toBeNull();
      expect(judgeAgeing(GOST_2015, null, policy, TODAY)).toBeNull();
      expect(judgeAlgorithm(GOST_RUSSIAN, null, policy, TODAY)).toBe('algorithm-not-allowed');
    }
  });

  it('of 2004 counts until the authority that issued such keys to everybody ended, afterwards it warns or is refused', () => {
    const [last, after] = [on('2025-06-25T23:59:59Z'), on('2025-06-26')];
    for (const policy of [kz, court, strict]) {
      expect(judgeAlgorithm(GOST_2004, null, policy, last)).toBeNull();
      expect(judgeAgeing(GOST_2004, null, policy, last)).toBeNull();
    }
    expect([judgeAlgorithm(GOST_2004, null, kz, after), judgeAgeing(GOST_2004, null, kz, after)]).toEqual([null, 'hash-outdated']);
    expect([court, strict].map((policy) => judgeAlgorithm(GOST_2004, null, policy, after))).toEqual(['hash-outdated', 'hash-outdated']);
  });

  it('with parameters nobody knows is not judged at all', () => {
    const key: PublicKey = { kind: 'gost', name: 'GOST3410-2015-512', curve: null, point: new Uint8Array(), der: new Uint8Array() };
    expect(judgeKey(key, kz, TODAY)).toBe('algorithm-unsupported');
  });
});

it('no policy lets anybody sign documents with DSA', () => {
  for (const policy of [kz, court, strict])
    for (const at of [on('2005-01-01'), TODAY]) expect(judgeAlgorithm(DSA, null, policy, at)).toBe('algorithm-not-allowed');
});

it('a scheme and a curve nobody listed, and what is not known, are refused', () => {
  const ec: PublicKey = { kind: 'ec', curve: 'toString', der: new Uint8Array() };
  expect(judgeKey(ec, kz, TODAY)).toBe('curve-not-allowed');
  expect(judgeAlgorithm({ family: 'unknown', oid: '1.2.3' }, null, kz, TODAY)).toBe('algorithm-unsupported');
  expect(judgeAlgorithm({ family: 'RSA', hash: 'SHA3-256' }, null, kz, TODAY)).toBe('algorithm-unsupported');
});

describe('a policy file', () => {
  const algorithms = written.parameters.algorithms;
  const withAlgorithms = (changed: object) => ({
    ...written,
    parameters: { ...written.parameters, algorithms: { ...algorithms, ...changed } },
  });
  const load = (policy: object) => loadPolicy(RESOURCES, writeTemporary('policy.json', JSON.stringify(policy)));

  it.each([
    ['lists a broken hash without an end', { hashes: { ...algorithms.hashes, 'SHA-1': {} } }],
    ['only warns of a broken hash', { hashes: { ...algorithms.hashes, MD5: { warnedFrom: '2008-01-01' } } }],
    ['lists short keys without an end', { rsaBits: { min: 2048, max: 8192, shorter: { min: 1024 } } }],
    ['calls 1024 bits enough', { rsaBits: { min: 1024, max: 8192 } }],
    ['names a hash nobody computes', { hashes: { ...algorithms.hashes, 'SHA3-256': {} } }],
    ['names a day that is none', { schemes: { RSA: { refusedFrom: '2025-02-30' } } }],
  ])('that %s is not one', async (_, changed) => {
    expect(await load(withAlgorithms(changed))).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
  });

  it('may end and announce anything else', async () => {
    const policy = await load(withAlgorithms({ schemes: { RSA: { warnedFrom: '2028-01-01', refusedFrom: '2030-01-01' } } }));
    if (!policy.ok) throw new Error('policy does not load');
    const judge = (day: string) => [
      judgeAlgorithm(SHA256_RSA, rsa(2048), policy.value, on(day)),
      judgeAgeing(SHA256_RSA, rsa(2048), policy.value, on(day)),
    ];
    expect(judge('2027-12-31')).toEqual([null, null]);
    expect(judge('2028-01-01')).toEqual([null, 'algorithm-outdated']);
    expect(judge('2030-01-01')[0]).toBe('algorithm-outdated');
  });
});

describe('a file signed long ago with what was good then', () => {
  const years = { from: '2010-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' };
  const root = issue({ subject: ROOT, key: keyOf('old-root', 'rsa-1024'), digest: 'sha1', extensions: CA_EXTENSIONS, ...years });
  const authority = issue({ subject: AUTHORITY, issuer: root, digest: 'sha1', extensions: CA_EXTENSIONS, ...years });
  const person = issue({ subject: PERSON, key: keyOf('old-person', 'rsa-1024'), issuer: authority, digest: 'sha1', ...years });
  const content = Buffer.from('арыз');
  const cms = signCms({ content, signers: [person], args: ['-md', 'sha1'] });
  const trust = { anchors: [root.der], certs: [authority.der], crls: [], ocsp: [] };
  const reasons = async (at: string, policy: string) => {
    const report = await verifyOnly(cms, { content, trust, at, policy });
    return ['cryptography.digest', 'cryptography.value', 'acceptance.algorithm', 'path.signature', 'path.algorithm'].map((id) =>
      reasonOf(report, id),
    );
  };

  it('is computed, and its algorithms count at a time before their end', async () => {
    expect(await reasons('2015-06-01T00:00:00Z', 'kz-incoming')).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('is undecided at a later time, and under the strict policy at any', async () => {
    expect(await reasons('2016-06-01T00:00:00Z', 'kz-incoming')).toEqual(['ok', 'ok', 'hash-weak', 'ok', 'hash-weak']);
    expect(await reasons('2015-06-01T00:00:00Z', 'ades-strict')).toEqual(['ok', 'ok', 'hash-weak', 'ok', 'hash-weak']);
    expect((await verifyOnly(cms, { content, trust })).verdict).toBe('undecided');
  });
});
