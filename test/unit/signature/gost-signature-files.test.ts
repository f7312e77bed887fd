import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyValue } from '../../../main/signature/algorithms/verify-value.ts';
import { readCertificate, readTrustMaterial } from '../../../main/signature/index.ts';
import { readCrl } from '../../../main/signature/revocation/read-crl.ts';
import {
  AUTHORITY,
  CA_EXTENSIONS,
  issue,
  issueCrl,
  keyOf,
  opensslComplaintOnCms,
  PERSON,
  ROOT,
  signCms,
  useGostEngine,
  writeTemporary,
  type Certificate,
  type KeyKind,
} from '../../support/openssl-pki.ts';
import { conclusionOf, policyNamed, reasonOf, verifyOnly } from '../../support/verify-signature.ts';

const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const content = Buffer.from('Талап арыз: Ә Ғ Қ Ң Ө Ұ Ү Һ І');

beforeAll(useGostEngine);

/** A hierarchy of GOST keys by the engine of OpenSSL, with its CRLs. */
function hierarchyOf(
  kind: KeyKind,
  digest: string,
): { person: Certificate; root: Certificate; authority: Certificate; crls: Uint8Array[] } {
  const root = issue({ subject: ROOT, key: keyOf('root', kind), digest, extensions: CA_EXTENSIONS });
  const authority = issue({ subject: AUTHORITY, key: keyOf('authority', kind), issuer: root, digest, extensions: CA_EXTENSIONS });
  const person = issue({ subject: PERSON, key: keyOf('person', kind), issuer: authority, digest });
  return { root, authority, person, crls: [issueCrl(root, { digest }), issueCrl(authority, { digest })] };
}

/** kz-incoming that takes Russian signatures too. */
async function russianPolicy(): Promise<string> {
  const policy = await policyNamed('kz-incoming');
  const { algorithms } = policy.parameters;
  const schemes = { ...algorithms.schemes, 'GOST3410-2012-512': {}, 'GOST3410-2012-256': {} };
  return writeTemporary(
    'russian.json',
    JSON.stringify({ ...policy, parameters: { ...policy.parameters, algorithms: { ...algorithms, schemes } } }),
  );
}

describe.each([
  ['GOST3410-2012-512', 'gost2012_512:A', 'md_gost12_512'],
  ['GOST3410-2012-256', 'gost2012_256:TCA', 'md_gost12_256'],
] as const)('a CMS signature by the engine of OpenSSL with %s', (name, kind, digest) => {
  const args = ['-md', digest];
  const make = () => {
    const hierarchy = hierarchyOf(kind, digest);
    const { root, authority, crls } = hierarchy;
    return { ...hierarchy, trust: { anchors: [root.der], certs: [authority.der], crls, ocsp: [] } };
  };

  it('is valid where a policy takes it, and undecided where none does', async () => {
    const { person, root, authority, crls, trust } = make();
    const cms = signCms({ content, signers: [person], args });
    expect(opensslComplaintOnCms(cms, content, [root, authority], crls)).toBeNull();
    const report = await verifyOnly(cms, { content, trust, policy: await russianPolicy() });
    expect([conclusionOf(report), report.algorithm, report.warnings]).toEqual(['TOTAL-PASSED', name, []]);
    const usual = await verifyOnly(cms, { content, trust });
    expect([conclusionOf(usual), reasonOf(usual, 'acceptance.algorithm')]).toEqual([
      'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE',
      'algorithm-not-allowed',
    ]);
  });

  it('made directly over the content is computed as it streams by', async () => {
    const { person, trust } = make();
    const report = await verifyOnly(signCms({ content, signers: [person], plain: true, args: [...args, '-noattr'] }), {
      content,
      trust,
      policy: await russianPolicy(),
    });
    expect(reasonOf(report, 'cryptography.value')).toBe('ok');
  });

  it('over another content is invalid, as OpenSSL says too', async () => {
    const { person, root, authority, crls, trust } = make();
    const cms = signCms({ content, signers: [person], args });
    const other = Buffer.from(`${String(content)}.`);
    expect(opensslComplaintOnCms(cms, other, [root, authority], crls)).not.toBeNull();
    const report = await verifyOnly(cms, { content: other, trust, policy: await russianPolicy() });
    expect([conclusionOf(report), report.verdict]).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'invalid']);
  });

  it('with its last octet changed is invalid', async () => {
    const { person, trust } = make();
    const cms = signCms({ content, signers: [person], args });
    cms[cms.length - 1]! ^= 1;
    const report = await verifyOnly(cms, { content, trust, policy: await russianPolicy() });
    expect([conclusionOf(report), report.verdict]).toEqual(['TOTAL-FAILED/SIG_CRYPTO_FAILURE', 'invalid']);
  });

  it('under a certificate whose issuer did not sign it has no path', async () => {
    const { person, trust } = make();
    const stranger = issue({ subject: AUTHORITY, key: keyOf('stranger', kind), digest, extensions: CA_EXTENSIONS });
    const report = await verifyOnly(signCms({ content, signers: [person], args }), {
      content,
      trust: { ...trust, certs: [], anchors: [stranger.der] },
      policy: await russianPolicy(),
    });
    expect(conclusionOf(report)).toBe('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
  });
});

describe.skipIf(!existsSync(path.join(FIXTURES, 'nca')))('real certificates and lists', async () => {
  const folder = path.join(FIXTURES, 'nca');
  const folders = existsSync(folder) ? readdirSync(folder).filter((name) => !name.includes('.')) : [];
  const material = await readTrustMaterial({
    anchors: folders.map((name) => path.join(folder, name)),
    certs: [],
    crls: folders.map((name) => path.join(folder, name)),
    ocsp: [],
  });
  const certificates = (material.ok ? material.value.anchors : []).flatMap((encoding) => readCertificate(encoding) ?? []);
  const crls = (material.ok ? material.value.crls : []).flatMap((encoding) => readCrl(encoding) ?? []);
  const issuersOf = (name: string) => certificates.filter(({ subject }) => subject.key === name);
  const outcomes = (item: { readonly issuer: { readonly key: string }; readonly signed: (typeof certificates)[number]['signed'] }) =>
    issuersOf(item.issuer.key).map(({ key }) => verifyValue(item.signed.scheme, key, item.signed.tbs, item.signed.value));

  it('every certificate is signed by an issuer of the collection, and by no other key of that name', () => {
    const gost = certificates.filter(({ signed }) => signed.scheme.family === 'GOST');
    expect(gost.length).toBeGreaterThan(20);
    const unsigned = certificates.filter((certificate) => !outcomes(certificate).includes('valid'));
    expect(unsigned.map(({ subject }) => subject.text)).toEqual([]);
    expect(certificates.flatMap(outcomes)).not.toContain('unsupported');
  });

  it('every list is signed by its issuer', () => {
    expect(crls.length).toBeGreaterThan(3);
    for (const crl of crls) expect(outcomes(crl)).toContain('valid');
  });

  it('no GOST certificate is signed by the keys of the others', () => {
    const [root, other] = ['root_gost_2022.pem', 'nca_gost_2022.pem'].map((name) => {
      const pem = readFileSync(path.join(folder, 'vturekhanov_edscheck-desktop', name), 'utf8');
      return readCertificate(new Uint8Array(Buffer.from(pem.replace(/-----.*?-----|\s/g, ''), 'base64')))!;
    });
    expect(verifyValue(root!.signed.scheme, other!.key, root!.signed.tbs, root!.signed.value)).toBe('invalid');
    expect(verifyValue(other!.signed.scheme, root!.key, other!.signed.tbs, other!.signed.value)).toBe('valid');
  });
});
