import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import { readCertificate } from '../../../main/signature/index.ts';
import {
  attribute,
  contentTypeAttribute,
  digestAttribute,
  forgeSignedData,
  OIDS,
  SHA256_WITH_RSA,
  signedEncodingOf,
  signingCertificateAttribute,
  type Forgery,
} from '../../support/forge-signed-data.ts';
import { issue, keyOf, opensslComplaintOnCms, PERSON, signCms, standardHierarchy } from '../../support/openssl-pki.ts';
import { conclusionOf, reasonOf, verify, verifyOnly } from '../../support/verify-signature.ts';

const content = Buffer.from('Сумма иска: 1 000 000 теңге');
const { person, root, authority } = standardHierarchy();
const forge = (forgery: Partial<Forgery>) => forgeSignedData({ signer: person, content, ...forgery });
const usual = [contentTypeAttribute(), digestAttribute(content), signingCertificateAttribute(person.der)];

/** The bytes with one occurrence of a piece replaced by another of the same length. */
function replace(bytes: Uint8Array, piece: Uint8Array, by: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(piece);
  expect(at).toBeGreaterThan(0);
  copy.set(by, at);
  return copy;
}

describe('a changed message is found out', () => {
  it('changed detached content is a hash failure, for OpenSSL too', async () => {
    const cms = signCms({ content, signers: [person] });
    const changed = Buffer.from('Сумма иска: 9 000 000 теңге');
    const report = await verifyOnly(cms, { content: changed });
    expect([conclusionOf(report), reasonOf(report, 'cryptography.digest')]).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'content-changed']);
    expect(opensslComplaintOnCms(cms, changed, [root, authority])).not.toBeNull();
  });

  it('changed attached content is a hash failure', async () => {
    const cms = replace(signCms({ content, signers: [person], attached: true }), content, Buffer.from('Сумма иска: 9 000 000 теңге'));
    expect(conclusionOf(await verifyOnly(cms))).toBe('TOTAL-FAILED/HASH_FAILURE');
  });

  it('a changed message digest is a wrong signature value as well as a wrong digest', async () => {
    const other = Buffer.from('other');
    const cms = signCms({ content, signers: [person] });
    const swapped = replace(cms, createHash('sha256').update(content).digest(), createHash('sha256').update(other).digest());
    const report = await verifyOnly(swapped, { content: other });
    expect(conclusionOf(report)).toBe('TOTAL-FAILED/SIG_CRYPTO_FAILURE');
    expect(reasonOf(report, 'cryptography.digest')).toBe('ok');
    expect(opensslComplaintOnCms(swapped, other, [root, authority])).not.toBeNull();
  });

  it('a changed signature value is a cryptographic failure', async () => {
    const report = await verifyOnly(forge({ value: Buffer.alloc(256, 7) }), { content });
    expect([conclusionOf(report), reasonOf(report, 'cryptography.value')]).toEqual([
      'TOTAL-FAILED/SIG_CRYPTO_FAILURE',
      'signature-value-wrong',
    ]);
    for (const value of [Buffer.alloc(0), Buffer.alloc(256), Buffer.alloc(300, 1)])
      expect((await verifyOnly(forge({ value }), { content })).verdict).toBe('invalid');
  });

  it('a message that carries other content than the file beside it fails, whatever it says about its own', async () => {
    const cms = signCms({ content, signers: [person], attached: true });
    const report = await verifyOnly(cms, { content: Buffer.from('another claim') });
    expect([conclusionOf(report), reasonOf(report, 'format.content-agrees')]).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'content-differs']);
  });

  it('a null ECDSA signature proves nothing', async () => {
    const signer = issue({ subject: PERSON, key: keyOf('person', 'P-256'), issuer: authority });
    const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
    const zero = der.sequence(der.integer(0), der.integer(0));
    const report = await verifyOnly(forgeSignedData({ signer, content, signatureAlgorithm: algorithm, value: zero }), { content });
    expect(conclusionOf(report)).toBe('TOTAL-FAILED/SIG_CRYPTO_FAILURE');
  });

  it('an algorithm of another family than the key can never be right', async () => {
    const report = await verifyOnly(forge({ signatureAlgorithm: der.sequence(der.oid('1.2.840.10045.4.3.2')) }), { content });
    expect(conclusionOf(report)).toBe('TOTAL-FAILED/SIG_CRYPTO_FAILURE');
  });
});

describe('signed attributes that break the rules are a format failure', () => {
  it.each<[string, readonly Uint8Array[], string]>([
    ['no message digest', [contentTypeAttribute(), signingCertificateAttribute(person.der)], 'message-digest-missing'],
    ['no content type', [digestAttribute(content), signingCertificateAttribute(person.der)], 'content-type-missing'],
    ['the message digest twice', [...usual, digestAttribute(Buffer.from('other'))], 'message-digest-repeated'],
    ['the content type twice', [...usual, contentTypeAttribute('1.2.3.4')], 'content-type-repeated'],
    [
      'a message digest with two values',
      [
        contentTypeAttribute(),
        attribute(
          OIDS.messageDigest,
          ...[content, Buffer.from('x')].map((bytes) => der.octetString(createHash('sha256').update(bytes).digest())),
        ),
      ],
      'message-digest-values',
    ],
    ['a message digest without a value', [contentTypeAttribute(), attribute(OIDS.messageDigest)], 'message-digest-values'],
    [
      'a message digest of another type',
      [contentTypeAttribute(), attribute(OIDS.messageDigest, der.integer(5))],
      'message-digest-malformed',
    ],
    [
      'the signing time twice',
      [
        ...usual,
        attribute(OIDS.signingTime, der.time('2026-01-01T00:00:00Z')),
        attribute(OIDS.signingTime, der.time('2025-01-01T00:00:00Z')),
      ],
      'signing-time-repeated',
    ],
    ['the signing certificate twice', [...usual, signingCertificateAttribute(authority.der)], 'signing-certificate-v2-repeated'],
  ])('%s', async (_, attributes, reason) => {
    const report = await verifyOnly(forge({ attributes }), { content });
    expect([conclusionOf(report), reasonOf(report, 'format.attributes')]).toEqual(['TOTAL-FAILED/FORMAT_FAILURE', reason]);
  });

  it('another content type than the message states', async () => {
    const report = await verifyOnly(forge({ attributes: [contentTypeAttribute('1.2.840.113549.1.9.16.1.4'), digestAttribute(content)] }), {
      content,
    });
    expect([conclusionOf(report), reasonOf(report, 'format.content-type')]).toEqual([
      'TOTAL-FAILED/FORMAT_FAILURE',
      'content-type-differs',
    ]);
  });

  it('content of a special type without signed attributes', async () => {
    expect(conclusionOf(await verifyOnly(forge({ attributes: null, contentType: '1.2.840.113549.1.9.16.1.4' }), { content }))).toBe(
      'TOTAL-FAILED/FORMAT_FAILURE',
    );
  });

  it('signed attributes of another message offered as content', async () => {
    const stolen = Buffer.from(signedEncodingOf(usual));
    const genuine = forge({});
    const value = genuine.subarray(-256);
    for (const attached of [true, false]) {
      const confusion = forgeSignedData({ signer: person, content: stolen, attributes: null, attached, value });
      const report = await verifyOnly(confusion, { content: attached ? null : stolen });
      expect(reasonOf(report, 'cryptography.value')).toBe('ok');
      expect([conclusionOf(report), reasonOf(report, 'format.no-attribute-confusion')]).toEqual([
        'TOTAL-FAILED/FORMAT_FAILURE',
        'content-is-signed-attributes',
      ]);
    }
  });
});

describe('the signing certificate is the one the signer named', () => {
  const twin = issue({
    subject: PERSON,
    key: person.key,
    issuer: authority,
    extensions: [
      'keyUsage=critical,digitalSignature,nonRepudiation',
      'extendedKeyUsage=emailProtection,1.2.398.3.3.4.1.2.1',
      'subjectKeyIdentifier=hash',
    ],
  });

  it('a twin of the same key under another name of role is not accepted', async () => {
    const swapped = forgeSignedData({ signer: twin, content, attributes: usual });
    const report = await verifyOnly(swapped, { content });
    expect(reasonOf(report, 'cryptography.value')).toBe('ok');
    expect([conclusionOf(report), reasonOf(report, 'identification.reference')]).toEqual([
      'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
      'certificate-differs',
    ]);
  });

  it('among twins with one key identifier the named one is taken, in any order', async () => {
    const cms = signCms({ content, signers: [person], args: ['-keyid'], chain: [twin] });
    const report = await verifyOnly(cms, { content });
    expect(conclusionOf(report)).toBe('TOTAL-PASSED');
    expect(report.signer?.roles).toEqual(['individual']);
  });

  it('is found among any number of changed copies that somebody put into the bag', async () => {
    const { spki } = readCertificate(person.der)!;
    const copies = Array.from({ length: 40 }, (_, i) => {
      const copy = Uint8Array.from(person.der);
      copy[Buffer.from(copy).indexOf(Buffer.from(spki)) + 100 + i]! ^= 1;
      return copy;
    });
    const attributes = [contentTypeAttribute(), digestAttribute(content)];
    const crowded = forgeSignedData({ signer: person, content, attributes, certificates: [...copies, person.der] });
    expect((await verifyOnly(crowded, { content })).verdict).toBe('valid');
    const alone = forgeSignedData({ signer: person, content, attributes, certificates: copies });
    expect(conclusionOf(await verifyOnly(alone, { content }))).toBe('TOTAL-FAILED/SIG_CRYPTO_FAILURE');
  });

  it('a stranger in the bag is not the signer', async () => {
    const report = await verifyOnly(forge({ certificates: [twin.der] }), { content });
    expect(conclusionOf(report)).toBe('INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND');
  });
});

describe('algorithms', () => {
  it('a digest algorithm that is not the one of the signature is not accepted', async () => {
    const sha512 = '2.16.840.1.101.3.4.2.3';
    const attributes = [
      contentTypeAttribute(),
      attribute(OIDS.messageDigest, der.octetString(createHash('sha512').update(content).digest())),
      signingCertificateAttribute(person.der),
    ];
    const report = await verifyOnly(forge({ attributes, digestAlgorithm: sha512 }), { content });
    expect([conclusionOf(report), reasonOf(report, 'acceptance.algorithm-agreement')]).toEqual([
      'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
      'digest-algorithms-differ',
    ]);
  });

  it('algorithms other than those the signer bound are not accepted', async () => {
    const protection = (signature: Uint8Array) =>
      attribute(OIDS.algorithmProtection, der.sequence(der.sequence(der.oid(OIDS.sha256)), der.implicit(1, signature)));
    const honest = await verifyOnly(forge({ attributes: [...usual, protection(SHA256_WITH_RSA)] }), { content });
    expect(conclusionOf(honest)).toBe('TOTAL-PASSED');
    const report = await verifyOnly(
      forge({ attributes: [...usual, protection(der.sequence(der.oid('1.2.840.113549.1.1.13'), der.nullValue()))] }),
      { content },
    );
    expect(reasonOf(report, 'acceptance.algorithm-agreement')).toBe('protected-algorithms-differ');
    expect(report.verdict).toBe('undecided');
  });

  it.each([
    ['SHA-1', ['-md', 'sha1'], 'hash-weak'],
    ['MD5', ['-md', 'md5'], 'hash-weak'],
    ['SHA-224', ['-md', 'sha224'], 'hash-weak'],
  ])('%s is weak: undecided, neither valid nor invalid', async (_, args, reason) => {
    const report = await verifyOnly(signCms({ content, signers: [person], args }), { content });
    expect([conclusionOf(report), reasonOf(report, 'acceptance.algorithm')]).toEqual(['INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE', reason]);
  });

  it('RSA of 1024 bits is too short', async () => {
    const signer = issue({ subject: PERSON, key: keyOf('short', 'rsa-1024'), issuer: authority });
    const report = await verifyOnly(signCms({ content, signers: [signer] }), { content });
    expect([conclusionOf(report), reasonOf(report, 'acceptance.algorithm'), reasonOf(report, 'cryptography.value')]).toEqual([
      'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE',
      'key-too-short',
      'ok',
    ]);
  });

  it('a curve the policy does not name is not accepted', async () => {
    const signer = issue({ subject: PERSON, key: keyOf('curve', 'secp256k1'), issuer: authority });
    expect(conclusionOf(await verifyOnly(signCms({ content, signers: [signer] }), { content }))).toBe(
      'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE',
    );
  });
});

describe('what can be seen in names and bytes is said', () => {
  const named = async (subject: string) => {
    const signer = issue({ subject, key: keyOf('second'), issuer: authority });
    return verifyOnly(signCms({ content, signers: [signer] }), { content });
  };

  it.each([
    ['two IINs', '/CN=ТЕСТОВ ТЕСТ/serialNumber=IIN870131400019/serialNumber=IIN900101300014/C=KZ', 'AMBIGUOUS_IIN'],
    ['two BINs', '/CN=ТЕСТОВ ТЕСТ/serialNumber=IIN870131400019/OU=BIN070840007503/OU=BIN000740000728', 'AMBIGUOUS_BIN'],
    ['no IIN', '/CN=ТЕСТОВ ТЕСТ/C=KZ', 'NO_IIN'],
    ['an IIN whose check digit is wrong', '/CN=ТЕСТОВ ТЕСТ/serialNumber=IIN123456789011', 'IIN_CHECK_DIGIT'],
    ['Latin letters inside a Cyrillic word', '/CN=ТЕCТОВ ТЕСТ/serialNumber=IIN870131400019', 'MIXED_SCRIPT_NAME'],
    ['a mark that turns the direction of text', '/CN=ТЕСТОВ \u202Eтсет/serialNumber=IIN870131400019', 'CONTROL_CHARACTERS_IN_NAME'],
  ])('%s', async (_, subject, warning) => {
    const report = await named(subject);
    expect([report.verdict, report.warnings]).toEqual(['valid', [warning]]);
    expect(report.signer?.commonName).not.toContain('\u202E');
  });

  it('one IIN and one BIN are read, an organisation and a Latin word beside a Cyrillic one are ordinary', async () => {
    const report = await named('/CN=ТЕСТОВ ТЕСТ/serialNumber=IIN870131400019/C=KZ/O=ТОО «IT Компания»/OU=BIN070840007503');
    expect([report.signer?.iin, report.signer?.bin, report.signer?.organisation, report.warnings]).toEqual([
      '870131400019',
      '070840007503',
      'ТОО «IT Компания»',
      [],
    ]);
  });

  it('two IINs leave none', async () => {
    expect((await named('/CN=ТЕСТОВ ТЕСТ/serialNumber=IIN870131400019/serialNumber=IIN900101300014/C=KZ')).signer?.iin).toBeNull();
  });

  it('bytes after the message raise a flag', async () => {
    const cms = Buffer.concat([signCms({ content, signers: [person] }), Buffer.from('<script>')]);
    expect(await verify(cms, { content })).toMatchObject({ overall: 'valid', flags: ['TRAILING_DATA'] });
  });

  it('a program raises a flag, whatever it is called', async () => {
    expect((await verify(Buffer.from('MZ\x90\0'), { file: 'claim.pdf' })).flags).toEqual(['EXECUTABLE', 'NOT_PDF']);
  });

  it('a file called PDF that is none raises a flag', async () => {
    expect(await verify(Buffer.from('hello'), { file: 'claim.PDF' })).toMatchObject({ overall: 'unsigned', flags: ['NOT_PDF'] });
  });
});
