import { describe, expect, it } from 'vitest';
import { checkCertificate, type TrustMaterial } from '../../../main/signature/index.ts';
import {
  AT,
  AUTHORITY,
  CA_EXTENSIONS,
  daysFromNow,
  issue,
  issueCrl,
  keyOf,
  opensslComplaintOnCms,
  PERSON,
  ROOT,
  SIGNING_EXTENSIONS,
  signCms,
  standardHierarchy,
  type Certificate,
} from '../../support/openssl-pki.ts';
import { conclusionOf, policyNamed, reasonOf, standardTrust, verifyOnly } from '../../support/verify-signature.ts';

const content = Buffer.from('Талап арыз');
const { root, authority, person, crls } = standardHierarchy();
const LONG = { from: daysFromNow(-2000), to: daysFromNow(5000) };

/** Signs with a certificate and verifies under its own chain with fresh CRLs of every authority. */
async function judge(
  signer: Certificate,
  authorities: readonly Certificate[],
  anchor: Certificate = root,
  more: Partial<TrustMaterial> = {},
) {
  const trust = {
    anchors: [anchor.der],
    certs: authorities.map(({ der }) => der),
    crls: [anchor, ...authorities].map((issuer) => issueCrl(issuer)),
    ocsp: [],
    ...more,
  };
  return verifyOnly(signCms({ content, signers: [signer] }), { content, trust });
}

describe('a path is found', () => {
  it('through an intermediate that only the message carries', async () => {
    const cms = signCms({ content, signers: [person], chain: [authority] });
    expect(conclusionOf(await verifyOnly(cms, { content, trust: { ...standardTrust(), certs: [] } }))).toBe('TOTAL-PASSED');
  });

  it('to an anchor that is not self-signed', async () => {
    expect(
      conclusionOf(
        await verifyOnly(signCms({ content, signers: [person] }), {
          content,
          trust: { anchors: [authority.der], certs: [], crls, ocsp: [] },
        }),
      ),
    ).toBe('TOTAL-PASSED');
  });

  it('through the right one of two authorities of one name, also when the key identifiers are no help', async () => {
    const other = issue({ subject: AUTHORITY, key: keyOf('other-authority'), issuer: root, extensions: CA_EXTENSIONS, ...LONG });
    const plain = issue({ subject: PERSON, key: keyOf('person'), issuer: authority, extensions: SIGNING_EXTENSIONS.slice(0, 2) });
    const report = await judge(plain, [other, authority]);
    expect(conclusionOf(report)).toBe('TOTAL-PASSED');
  });

  it('by names that differ only in letter case, spacing and string type', async () => {
    const loud = issue({ subject: '/CN=TEST  AUTHORITY/C=KZ', key: keyOf('loud'), issuer: root, extensions: CA_EXTENSIONS, ...LONG });
    const quiet = { ...loud, pem: issue({ subject: '/CN=test authority/C=KZ', key: loud.key, extensions: CA_EXTENSIONS, ...LONG }).pem };
    const signer = issue({ subject: PERSON, issuer: quiet, key: keyOf('second'), extensions: SIGNING_EXTENSIONS.slice(0, 3) });
    expect(conclusionOf(await judge(signer, [loud]))).toBe('TOTAL-PASSED');
  });

  it('past a dead end and a loop of cross certificates', async () => {
    const a = issue({ subject: '/CN=LOOP A', key: keyOf('loop-a'), extensions: CA_EXTENSIONS, ...LONG });
    const b = issue({ subject: '/CN=LOOP B', key: keyOf('loop-b'), issuer: a, extensions: CA_EXTENSIONS, ...LONG });
    const aByB = issue({ subject: '/CN=LOOP A', key: keyOf('loop-a'), issuer: b, extensions: CA_EXTENSIONS, ...LONG });
    const aByRoot = issue({ subject: '/CN=LOOP A', key: keyOf('loop-a'), issuer: root, extensions: CA_EXTENSIONS, ...LONG });
    const signer = issue({ subject: PERSON, key: keyOf('second'), issuer: b });
    expect(conclusionOf(await judge(signer, [aByB, b, aByRoot]))).toBe('TOTAL-PASSED');
    expect(conclusionOf(await judge(signer, [aByB, b]))).toBe('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
  });
});

describe('without a path nobody is trusted', () => {
  it('a stranger: for OpenSSL too', async () => {
    const stranger = issue({ subject: '/CN=STRANGER', key: keyOf('stranger'), extensions: CA_EXTENSIONS, ...LONG });
    const signer = issue({ subject: PERSON, key: keyOf('second'), issuer: stranger });
    const cms = signCms({ content, signers: [signer], chain: [stranger] });
    const report = await verifyOnly(cms, { content });
    expect([conclusionOf(report), reasonOf(report, 'path.found'), reasonOf(report, 'cryptography.value')]).toEqual([
      'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
      'no-path-to-anchor',
      'ok',
    ]);
    expect(opensslComplaintOnCms(cms, content, [root, authority])).not.toBeNull();
  });

  it('a copy of the whole hierarchy with other keys', async () => {
    const falseRoot = issue({ subject: ROOT, key: keyOf('false-root'), extensions: CA_EXTENSIONS, ...LONG });
    const falseAuthority = issue({
      subject: AUTHORITY,
      key: keyOf('false-authority'),
      issuer: falseRoot,
      extensions: CA_EXTENSIONS,
      ...LONG,
    });
    const signer = issue({ subject: PERSON, key: keyOf('second'), issuer: falseAuthority });
    const report = await verifyOnly(signCms({ content, signers: [signer], chain: [falseAuthority, falseRoot] }), { content });
    expect(conclusionOf(report)).toBe('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
  });

  it('no anchors at all', async () => {
    const trust = { ...standardTrust(), anchors: [] };
    expect(conclusionOf(await verifyOnly(signCms({ content, signers: [person] }), { content, trust }))).toBe(
      'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
    );
  });
});

describe('every certificate of a path must be what its place asks for', () => {
  const authorityWith = (extensions: readonly string[], more: object = {}) =>
    issue({ subject: '/CN=SPECIAL AUTHORITY', key: keyOf('special'), issuer: root, extensions, ...LONG, ...more });
  const signerOf = (issuer: Certificate) => issue({ subject: PERSON, key: keyOf('second'), issuer });

  it('a person cannot issue certificates', async () => {
    const signer = signerOf(person);
    const report = await judge(signer, [person, authority]);
    expect([conclusionOf(report), reasonOf(report, 'path.basic-constraints')]).toEqual([
      'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE',
      'not-a-ca',
    ]);
  });

  it('an authority without keyCertSign cannot either', async () => {
    const special = authorityWith(['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign', 'subjectKeyIdentifier=hash']);
    const report = await judge(signerOf(special), [special]);
    expect([conclusionOf(report), reasonOf(report, 'path.key-usage')]).toEqual([
      'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE',
      'key-cert-sign-missing',
    ]);
  });

  it('a path length of zero forbids a further authority', async () => {
    const zero = authorityWith([
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      'keyUsage=critical,keyCertSign,cRLSign',
      'subjectKeyIdentifier=hash',
    ]);
    expect(conclusionOf(await judge(signerOf(zero), [zero]))).toBe('TOTAL-PASSED');
    const below = issue({ subject: '/CN=BELOW', key: keyOf('below'), issuer: zero, extensions: CA_EXTENSIONS, ...LONG });
    const report = await judge(signerOf(below), [below, zero]);
    expect([conclusionOf(report), reasonOf(report, 'path.length')]).toEqual([
      'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE',
      'path-too-long',
    ]);
  });

  it('an anchor with a path length is obeyed', async () => {
    const anchor = issue({
      subject: '/CN=NARROW ROOT',
      key: keyOf('narrow'),
      extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', ...CA_EXTENSIONS.slice(1)],
      ...LONG,
    });
    const middle = issue({ subject: '/CN=MIDDLE', key: keyOf('below'), issuer: anchor, extensions: CA_EXTENSIONS, ...LONG });
    expect(conclusionOf(await judge(signerOf(middle), [middle], anchor))).toBe('INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE');
  });

  it.each([
    [
      'an unknown critical extension of an authority',
      [...CA_EXTENSIONS, '1.2.3.4.5=critical,ASN1:NULL'],
      'path.critical-extensions',
      'critical-extension-unknown',
    ],
    [
      'a name constraint that cannot be read',
      [...CA_EXTENSIONS, 'nameConstraints=ASN1:NULL'],
      'path.critical-extensions',
      'extension-malformed',
    ],
  ])('%s closes the path', async (_, extensions, id, reason) => {
    const special = authorityWith(extensions);
    const report = await judge(signerOf(special), [special]);
    expect([conclusionOf(report), reasonOf(report, id)]).toEqual(['INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE', reason]);
  });

  it('an unknown critical extension of the signer closes the path, one that is not critical does not', async () => {
    const strict = issue({
      subject: PERSON,
      key: keyOf('second'),
      issuer: authority,
      extensions: [...SIGNING_EXTENSIONS, '1.2.3.4.5=critical,ASN1:NULL'],
    });
    expect(conclusionOf(await judge(strict, [authority]))).toBe('INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE');
    const loose = issue({
      subject: PERSON,
      key: keyOf('second'),
      issuer: authority,
      extensions: [...SIGNING_EXTENSIONS, '1.2.3.4.5=ASN1:NULL'],
    });
    expect(conclusionOf(await judge(loose, [authority]))).toBe('TOTAL-PASSED');
  });

  it('an authority signed with SHA-1 is weak', async () => {
    const special = authorityWith(CA_EXTENSIONS, { digest: 'sha1' });
    const report = await judge(signerOf(special), [special]);
    expect([conclusionOf(report), reasonOf(report, 'path.algorithm')]).toEqual(['INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE', 'hash-weak']);
  });

  it('an authority with a key of 1024 bits is weak', async () => {
    const special = authorityWith(CA_EXTENSIONS, { key: keyOf('short', 'rsa-1024') });
    expect(conclusionOf(await judge(signerOf(special), [special]))).toBe('INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE');
  });

  it.each([
    ['expired', { from: daysFromNow(-400), to: daysFromNow(-30) }, 'expired'],
    ['not yet valid', { from: daysFromNow(30), to: daysFromNow(400) }, 'not-yet-valid'],
  ])('an %s authority leaves the signature undecided', async (_, validity, reason) => {
    const special = authorityWith(CA_EXTENSIONS, validity);
    const report = await judge(signerOf(special), [special]);
    expect([conclusionOf(report), reasonOf(report, 'path.validity')]).toEqual(['INDETERMINATE/OUT_OF_BOUNDS_NO_POE', reason]);
  });

  it('an expired anchor leaves it undecided', async () => {
    const anchor = issue({
      subject: '/CN=OLD ROOT',
      key: keyOf('narrow'),
      extensions: CA_EXTENSIONS,
      from: daysFromNow(-400),
      to: daysFromNow(-30),
    });
    const report = await judge(signerOf(anchor), [], anchor);
    expect([conclusionOf(report), reasonOf(report, 'path.anchor-validity')]).toEqual(['INDETERMINATE/OUT_OF_BOUNDS_NO_POE', 'expired']);
  });

  it('another path is taken when the first one fails a check', async () => {
    const expired = authorityWith(CA_EXTENSIONS, { from: daysFromNow(-400), to: daysFromNow(-30) });
    const renewed = authorityWith(CA_EXTENSIONS);
    expect(conclusionOf(await judge(signerOf(renewed), [expired, renewed]))).toBe('TOTAL-PASSED');
  });
});

describe('the signer certificate', () => {
  const signerWith = (extensions: readonly string[], more: object = {}) =>
    issue({ subject: PERSON, key: keyOf('second'), issuer: authority, extensions, ...more });

  it.each([
    [
      'an authentication key',
      ['keyUsage=critical,digitalSignature,keyEncipherment', 'extendedKeyUsage=clientAuth,1.2.398.3.3.4.1.1'],
      'certificate.key-usage',
      'non-repudiation-missing',
    ],
    ['no key usage at all', ['extendedKeyUsage=emailProtection'], 'certificate.key-usage', 'non-repudiation-missing'],
    [
      'a server key',
      ['keyUsage=critical,digitalSignature,nonRepudiation', 'extendedKeyUsage=serverAuth'],
      'certificate.extended-key-usage',
      'purpose-not-allowed',
    ],
    ['no purpose at all', ['keyUsage=critical,digitalSignature,nonRepudiation'], 'certificate.extended-key-usage', 'purpose-not-allowed'],
  ])('%s does not sign documents', async (_, extensions, id, reason) => {
    const report = await judge(signerWith(extensions), [authority]);
    expect([conclusionOf(report), reasonOf(report, id)]).toEqual(['INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE', reason]);
  });

  it('the Kazakh roles sign documents and are named', async () => {
    const report = await judge(signerWith(['keyUsage=nonRepudiation', 'extendedKeyUsage=critical,1.2.398.3.3.4.1.2,1.2.398.3.3.4.1.2.1']), [
      authority,
    ]);
    expect([conclusionOf(report), report.signer?.roles]).toEqual(['TOTAL-PASSED', ['organisation', 'organisation-head']]);
  });

  it.each([
    ['expired', { from: daysFromNow(-400), to: daysFromNow(-1) }, 'expired'],
    ['not yet valid', { from: daysFromNow(1), to: daysFromNow(400) }, 'not-yet-valid'],
  ])('%s without a proof of time is undecided, for OpenSSL an error', async (_, validity, reason) => {
    const signer = signerWith(SIGNING_EXTENSIONS, validity);
    const cms = signCms({ content, signers: [signer] });
    const report = await verifyOnly(cms, { content });
    expect([conclusionOf(report), reasonOf(report, 'certificate.validity')]).toEqual(['INDETERMINATE/OUT_OF_BOUNDS_NO_POE', reason]);
    expect(opensslComplaintOnCms(cms, content, [root, authority])).not.toBeNull();
  });

  it('its validity counts to the second, both ends included', async () => {
    const signer = signerWith(SIGNING_EXTENSIONS, { from: AT, to: AT });
    expect(conclusionOf(await judge(signer, [authority]))).toBe('TOTAL-PASSED');
  });
});

describe('checkCertificate', () => {
  const check = async (certificate: Uint8Array, trust: TrustMaterial = standardTrust()) =>
    checkCertificate({ certificate, trust, at: AT, policy: await policyNamed('court-default') });

  it('says a good signing certificate is fit, and by which path', async () => {
    const verdict = await check(person.der);
    expect(verdict).toMatchObject({
      verdict: 'valid',
      indication: 'TOTAL-PASSED',
      certificate: { commonName: 'ТЕСТОВ ТЕСТ', iin: '870131400019' },
    });
    expect(verdict.path).toHaveLength(3);
  });

  it('says the same of a certificate as of its signatures', async () => {
    const revoked = [crls[0]!, issueCrl(authority, { revoked: [{ certificate: person }] })];
    expect(conclusionOf(await check(person.der, { ...standardTrust(), crls: revoked }))).toBe('INDETERMINATE/REVOKED_NO_POE');
    expect(conclusionOf(await check(person.der, { ...standardTrust(), crls: [] }))).toBe('INDETERMINATE/TRY_LATER');
    expect(conclusionOf(await check(authority.der))).toBe('INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE');
    expect(conclusionOf(await check(Buffer.from('hello')))).toBe('INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND');
  });
});
