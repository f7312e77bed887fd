import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrustMaterial, type TrustMaterial } from '../../../main/signature/index.ts';
import { conclusionOf, reasonOf, verifyOnly } from '../../support/verify-signature.ts';

/** Signed XML made by NCANode, Kalkan and NCALayer with keys of the test CA. */
const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const nca = (...parts: string[]) => path.join(FIXTURES, 'nca', ...parts);
const present = existsSync(nca());
const xmlIn = (folder: string) => (present ? readdirSync(nca(folder)).filter((name) => name.endsWith('.xml')) : []);

async function authorities(...anchors: string[]): Promise<TrustMaterial> {
  const crls = [nca('ncanode-kz_NCANode/nca_rsa_test.crl'), nca('ncanode-kz_NCANode/nca_gost_test.crl')];
  const material = await readTrustMaterial({ anchors: anchors.map((name) => nca(name)), certs: [], crls, ocsp: [] });
  if (!material.ok) throw new Error('fixtures unreadable');
  return material.value;
}

const proofs = ['cryptography.digest', 'cryptography.value', 'path.found', 'path.signature'];

describe.skipIf(!present)('signed XML of NCANode', () => {
  const folder = 'danikarik_ncanode-go';
  const files = xmlIn(folder);
  const at = '2022-04-01T00:00:00Z';
  const trust = () => authorities('ncanode-kz_NCANode/nca_rsa_test.crt', 'ncanode-kz_NCANode/nca_gost_test.crt');

  it('is all there', () => expect([files.length, files.filter((name) => name.includes('GOST')).length]).toEqual([8, 2]));

  it.each(files)('%s: digest, value and chain are right, the certificate has expired or is not for signing', async (name) => {
    const report = await verifyOnly(readFileSync(nca(folder, name)), { trust: await trust(), at });
    expect(proofs.map((id) => reasonOf(report, id))).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(report).toMatchObject({
      ...{ algorithm: name.includes('GOST') ? 'GOST34310-2004' : 'RSA-SHA256', covers: 'whole', coverage: ['/'], claimedTime: null },
      signer: { commonName: 'ТЕСТОВ ТЕСТ', iin: '123456789011' },
    });
    expect(report.warnings).toContain('SIGNED_ATTRIBUTES_MISSING');
    expect(conclusionOf(report)).toBe(`INDETERMINATE/${name.includes('AUTH') ? 'CHAIN_CONSTRAINTS_FAILURE' : 'OUT_OF_BOUNDS_NO_POE'}`);
  });

  it.each(files)('%s: one letter changed, and it is invalid', async (name) => {
    const changed = readFileSync(nca(folder, name), 'utf8').replace('NCANode', 'NCANodE');
    const report = await verifyOnly(Buffer.from(changed), { trust: await trust(), at });
    expect([conclusionOf(report), reasonOf(report, 'cryptography.value')]).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'ok']);
  });
});

describe.skipIf(!present)('signed XML of Kalkan and NCALayer with GOST of 2015', () => {
  it('gost2015_individual.signed.xml: right, its certificate expired', async () => {
    const report = await verifyOnly(readFileSync(nca('mitwork_kalkan/gost2015_individual.signed.xml')), {
      trust: await authorities('ncanode-kz_NCANode/nca_gost2015_test.cer'),
      at: '2026-11-21T10:00:00Z',
    });
    expect(proofs.map((id) => reasonOf(report, id))).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(report).toMatchObject({ algorithm: 'GOST3410-2015-512', covers: 'whole' });
    expect([conclusionOf(report), reasonOf(report, 'certificate.validity')]).toEqual(['INDETERMINATE/OUT_OF_BOUNDS_NO_POE', 'expired']);
  });

  const folder = 'fedor35_ncalayer-rs';
  it.each([
    ['test_gost512.xml_simple.xml', 'whole', '/'],
    ['test_gost512.xml_ns.xml', 'whole', '/'],
    ['test_gost512.xml_xpath.xml', 'partial', '/root/a[@Id="part"]'],
  ])('%s: right, and covers what it says', async (name, covers, coverage) => {
    const trust = await authorities(`${folder}/test_gost512.cer.pem`);
    const xml = readFileSync(nca(folder, name));
    const report = await verifyOnly(xml, { trust, at: '2026-11-21T10:00:00Z' });
    expect(proofs.slice(0, 3).map((id) => reasonOf(report, id))).toEqual(['ok', 'ok', 'ok']);
    expect(report).toMatchObject({ algorithm: 'GOST3410-2015-512', covers, coverage: [coverage] });
    expect(report.warnings.includes('PARTIAL_COVERAGE')).toBe(covers === 'partial');
    expect(report.verdict).toBe('undecided');
    const changed = await verifyOnly(Buffer.from(xml.toString().replace(/<(x|ns1:item|a)>[^<]/, '<$1>#')), { trust });
    expect(conclusionOf(changed)).toBe('TOTAL-FAILED/HASH_FAILURE');
  });

  it('test_gost512.xml_xpath.xml: what stands beside the signed part may change, a second part of its name may not come', async () => {
    const trust = await authorities(`${folder}/test_gost512.cer.pem`);
    const xml = readFileSync(nca(folder, 'test_gost512.xml_xpath.xml'), 'utf8');
    const beside = await verifyOnly(Buffer.from(xml.replace('<b/>', '<b>unsigned</b>')), { trust, at: '2026-11-21T10:00:00Z' });
    expect([reasonOf(beside, 'cryptography.digest'), beside.verdict]).toEqual(['ok', 'undecided']);
    const wrapped = await verifyOnly(Buffer.from(xml.replace('<b/>', '<a><x>2</x></a>')), { trust, at: '2026-11-21T10:00:00Z' });
    expect([conclusionOf(wrapped), reasonOf(wrapped, 'xml.wrapping')]).toEqual(['TOTAL-FAILED/FORMAT_FAILURE', 'same-element-elsewhere']);
  });
});
