import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTrustList, readCertificate, readTrustMaterial, type TrustMaterial } from '../../../main/signature/index.ts';
import { readCrl } from '../../../main/signature/revocation/read-crl.ts';
import { conclusionOf, reasonOf, verify, verifyOnly } from '../../support/verify-signature.ts';

/** Material of the National CA and its test CA, made by nobody here. */
const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const nca = (...parts: string[]) => path.join(FIXTURES, 'nca', ...parts);
const present = existsSync(nca());
const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const filesIn = (folder: string, ending: string) => (present ? readdirSync(nca(folder)).filter((name) => name.endsWith(ending)) : []);

async function testAuthorities(): Promise<TrustMaterial> {
  const material = await readTrustMaterial({
    anchors: [
      nca('ncanode-kz_NCANode/nca_rsa_test.crt'),
      nca('ncanode-kz_NCANode/nca_gost_test.crt'),
      nca('ncanode-kz_NCANode-Go/root_test_gost_2022.cer'),
    ],
    certs: [nca('ncanode-kz_NCANode-Go/nca_gost2022_test.cer')],
    crls: [nca('ncanode-kz_NCANode/nca_rsa_test.crl')],
    ocsp: [],
  });
  if (!material.ok) throw new Error('fixtures unreadable');
  return material.value;
}

/** What is computed, apart from time and trust. */
const COMPUTED = ['cryptography.digest', 'cryptography.value', 'acceptance.algorithm', 'path.found', 'path.signature'];

describe.skipIf(!present)('signatures made by NCANode with keys of the test CA', () => {
  const folder = 'danikarik_ncanode-go';
  const rsa = filesIn(folder, '.cms').filter((name) => name.includes('RSA256'));
  const gost = filesIn(folder, '.cms').filter((name) => name.includes('GOST'));
  const read = (name: string) => readFileSync(nca(folder, name));
  /** When the test CA's CRL was fresh; the signers' certificates had expired by then. */
  const at = '2022-04-01T00:00:00Z';

  it('are all there', () => expect([rsa.length, gost.length]).toEqual([6, 2]));

  it.each(rsa)('%s: digest and value are right, the chain is complete', async (name) => {
    const report = await verifyOnly(read(name), { trust: await testAuthorities(), at });
    expect(COMPUTED.map((id) => reasonOf(report, id))).toEqual(COMPUTED.map(() => 'ok'));
    expect(report).toMatchObject({
      algorithm: 'RSA-SHA256',
      claimedTime: expect.stringMatching(/^2020-09-09T/),
      timeSource: 'claimed',
      signer: { commonName: 'ТЕСТОВ ТЕСТ', iin: '123456789011' },
    });
    expect(report.warnings).toEqual([
      'SIGNING_CERTIFICATE_ATTRIBUTE_MISSING',
      'IIN_CHECK_DIGIT',
      ...(name.startsWith('organization') ? ['BIN_CHECK_DIGIT'] : []),
    ]);
  });

  it.each(rsa.filter((name) => !name.includes('AUTH')))('%s: expired, and nothing proves an earlier time', async (name) => {
    const report = await verifyOnly(read(name), { trust: await testAuthorities(), at });
    expect([conclusionOf(report), reasonOf(report, 'certificate.validity')]).toEqual(['INDETERMINATE/OUT_OF_BOUNDS_NO_POE', 'expired']);
  });

  it.each(rsa.filter((name) => name.includes('AUTH')))('%s: an authentication key does not sign documents', async (name) => {
    const report = await verifyOnly(read(name), { trust: await testAuthorities(), at });
    expect([conclusionOf(report), reasonOf(report, 'certificate.key-usage')]).toEqual([
      'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE',
      'non-repudiation-missing',
    ]);
  });

  it.each(gost)('%s: GOST of 2004 is computed; expired like the others', async (name) => {
    const report = await verifyOnly(read(name), { trust: await testAuthorities(), at });
    expect(COMPUTED.map((id) => reasonOf(report, id))).toEqual(COMPUTED.map(() => 'ok'));
    expect([conclusionOf(report), report.algorithm, reasonOf(report, 'certificate.validity')]).toEqual([
      'INDETERMINATE/OUT_OF_BOUNDS_NO_POE',
      'GOST34310-2004',
      'expired',
    ]);
    expect(report.warnings).not.toContain('WEAK_ALGORITHM');
  });

  it.each(gost)('%s: GOST of 2004 is warned of once its time is over, and refused by the policy of acts', async (name) => {
    const later = { trust: await testAuthorities(), at: '2026-11-21T10:00:00Z' };
    const report = await verifyOnly(read(name), later);
    expect([report.verdict, reasonOf(report, 'acceptance.algorithm')]).toEqual(['undecided', 'ok']);
    expect(report.warnings).toContain('WEAK_ALGORITHM');
    expect(reasonOf(await verifyOnly(read(name), { ...later, policy: 'court-default' }), 'acceptance.algorithm')).toBe('hash-outdated');
  });
});

describe.skipIf(!present)('signatures made by Kalkan with GOST of 2015', () => {
  const folder = 'mitwork_kalkan';
  const content = () => readFileSync(nca(folder, 'derived_detached.content.bin'));
  /** Within the validity of the signer's certificate. */
  const at = '2025-03-01T00:00:00Z';

  it.each(['gost2015_org_tsp2004.cms.der', 'gost2015_org_tsp2004.b64'])('%s: digest, value and chain are right', async (name) => {
    const report = await verifyOnly(readFileSync(nca(folder, name)), { trust: await testAuthorities(), at });
    expect(COMPUTED.map((id) => reasonOf(report, id))).toEqual(COMPUTED.map(() => 'ok'));
    expect([report.algorithm, reasonOf(report, 'certificate.validity')]).toEqual(['GOST3410-2015-512', 'ok']);
  });

  it.each(['gost2015_org_tsp2004.cms.der', 'gost2015_org_tsp2004.b64'])(
    '%s: its timestamp has no anchor and is not counted',
    async (name) => {
      const report = await verifyOnly(readFileSync(nca(folder, name)), { trust: await testAuthorities(), at });
      expect(report.timeSource).toBe('claimed');
      expect(report.warnings).toContain('TIMESTAMP_NOT_TRUSTED');
    },
  );

  it('detached: right with its content, wrong with any other', async () => {
    const cms = readFileSync(nca(folder, 'derived_detached.cms.der'));
    const right = await verifyOnly(cms, { content: content(), trust: await testAuthorities(), at });
    expect(COMPUTED.map((id) => reasonOf(right, id))).toEqual(COMPUTED.map(() => 'ok'));
    const wrong = await verify(cms, { content: Buffer.concat([content(), Buffer.from([0])]), trust: await testAuthorities(), at });
    expect([wrong.overall, ...wrong.signatures.map(conclusionOf)]).toEqual(['invalid', 'TOTAL-FAILED/HASH_FAILURE']);
  });
});

describe.skipIf(!present)('real certificates and lists', () => {
  it('every certificate of the collection is read', async () => {
    const folders = readdirSync(nca()).filter((name) => !name.includes('.'));
    const material = await readTrustMaterial({
      anchors: folders.map((name) => nca(name)),
      certs: [],
      crls: folders.map((name) => nca(name)),
      ocsp: [],
    });
    expect(material.ok && [material.value.anchors.length, material.value.crls.length]).toEqual([52, 4]);
  });

  it('the CRLs have as many entries as their owners wrote', () => {
    const count = (name: string) => readCrl(readFileSync(nca(name)))?.entries.count;
    expect(count('ncanode-kz_NCANode/nca_rsa_test.crl')).toBe(126);
    expect(count('ncanode-kz_NCANode/nca_gost_test.crl')).toBe(31);
    expect(count('ncanode-kz_NCANode-Go/nca_gost2022_test.crl')).toBe(195);
  });

  it('the trust list names the official certificates by their fingerprints', async () => {
    const list = await loadTrustList(RESOURCES);
    if (!list.ok) throw new Error('no trust list');
    const folder = nca('vturekhanov_edscheck-desktop');
    const material = await readTrustMaterial({ anchors: [folder], certs: [], crls: [], ocsp: [] });
    if (!material.ok) throw new Error('fixtures unreadable');
    const found = new Map(
      material.value.anchors.map((der) => readCertificate(der)!).map((certificate) => [certificate.sha256, certificate]),
    );
    expect(new Set(list.value.certificates.map(({ sha256 }) => sha256))).toEqual(new Set(found.keys()));
    for (const entry of list.value.certificates) {
      const certificate = found.get(entry.sha256)!;
      expect(entry).toMatchObject({
        subject: certificate.subject.text,
        validFrom: certificate.validity.from,
        validTo: certificate.validity.to,
      });
      expect(entry.role === 'root').toBe(certificate.subject.key === certificate.issuer.key);
    }
  });

  it('a person of the newest pack has the roles its key usage names', () => {
    const head = readCertificate(readFileSync(nca('ncanode-kz_NCANode-Go/legal_valid_head.derived.cer')));
    expect(head).toMatchObject({
      iin: '123456789011',
      bin: '123456789021',
      organisation: 'АО "ТЕСТ"',
      roles: ['organisation', 'organisation-head'],
    });
    const system = readCertificate(readFileSync(nca('ncanode-kz_NCANode-Go/legal_valid_treasury_client.derived.cer')));
    expect(system).toMatchObject({
      iin: null,
      roles: ['organisation', 'organisation-information-system'],
      warnings: ['BIN_CHECK_DIGIT', 'NO_IIN'],
    });
  });
});
