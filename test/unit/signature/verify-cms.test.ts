import { describe, expect, it } from 'vitest';
import {
  attribute,
  contentTypeAttribute,
  digestAttribute,
  forgeSignedData,
  OIDS,
  signingCertificateAttribute,
} from '../../support/forge-signed-data.ts';
import {
  AT,
  issue,
  keyOf,
  opensslComplaintOnCms,
  PERSON,
  resignCms,
  signCms,
  standardHierarchy,
  type KeyKind,
} from '../../support/openssl-pki.ts';
import { conclusionOf, reasonOf, verify, verifyOnly } from '../../support/verify-signature.ts';
import { der } from '../../../main/asn1/index.ts';
import { contentFromStream, verifyFile } from '../../../main/signature/index.ts';
import { policyNamed, standardTrust } from '../../support/verify-signature.ts';

const content = Buffer.from('Талап арыз: Ә Ғ Қ Ң Ө Ұ Ү Һ І');

describe('a CMS signature by OpenSSL is valid', () => {
  it('detached, and the report says who, with what, and that its time is only claimed', async () => {
    const { person, root, authority, crls } = standardHierarchy();
    const cms = signCms({ content, signers: [person] });
    expect(opensslComplaintOnCms(cms, content, [root, authority], crls)).toBeNull();
    const report = await verify(cms, { content });
    expect(report).toMatchObject({ format: 'cms', overall: 'valid', flags: [], at: AT, policy: { id: 'kz-incoming', version: '2026-1' } });
    expect(report.signatures).toHaveLength(1);
    expect(report.signatures[0]).toMatchObject({
      id: 'S1',
      verdict: 'valid',
      indication: 'TOTAL-PASSED',
      subIndication: null,
      signer: {
        commonName: 'ТЕСТОВ ТЕСТ',
        iin: '870131400019',
        bin: null,
        organisation: null,
        roles: ['individual'],
        issuer: expect.stringContaining('ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ'),
      },
      algorithm: 'RSA-SHA256',
      level: 'B',
      bestTime: AT,
      timeSource: 'claimed',
      covers: 'whole',
      warnings: [],
      revocation: { kind: 'crl' },
    });
    expect(report.signatures[0]!.checks.filter(({ result }) => result === 'fail' || result === 'warn')).toEqual([]);
  });

  it.each([
    ['attached', { attached: true }, null],
    ['attached in BER of indefinite length', { attached: true, args: ['-stream'] }, null],
    ['detached in BER of indefinite length', { args: ['-stream'] }, content],
    ['in PEM', { form: 'PEM' as const }, content],
    ['naming its signer by key identifier', { args: ['-keyid'] }, content],
    ['with other certificates beside', { chain: [standardHierarchy().root, standardHierarchy().authority] }, content],
    ['attached with the same content handed in beside', { attached: true }, content],
  ])('%s', async (_, options, handed) => {
    const cms = signCms({ content, signers: [standardHierarchy().person], ...options });
    expect(conclusionOf(await verifyOnly(cms, { content: handed }))).toBe('TOTAL-PASSED');
  });

  it.each([
    ['in one line', (text: string) => text],
    ['in lines of 76', (text: string) => text.replace(/.{76}/g, '$&\r\n')],
    ['with blanks around and a byte order mark', (text: string) => `\uFEFF\n ${text.replace(/.{64}/g, '$&\n')} \n`],
    ['in UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('as base64 %s', async (_, wrap) => {
    const cms = signCms({ content, signers: [standardHierarchy().person] });
    expect((await verify(Buffer.from(wrap(Buffer.from(cms).toString('base64')) as Buffer), { content })).overall).toBe('valid');
  });

  it.each<[string, KeyKind, string[], string]>([
    ['RSA-PSS', 'rsa', ['rsa_padding_mode:pss', 'rsa_pss_saltlen:32'], 'RSA-PSS-SHA256'],
    ['RSA-PSS with the longest salt', 'rsa', ['rsa_padding_mode:pss', 'rsa_pss_saltlen:max'], 'RSA-PSS-SHA256'],
    ['RSA with SHA-384', 'rsa', ['-md', 'sha384'], 'RSA-SHA384'],
    ['RSA with SHA-512', 'rsa', ['-md', 'sha512'], 'RSA-SHA512'],
    ['RSA-PSS with SHA-512', 'rsa', ['rsa_padding_mode:pss', '-md', 'sha512'], 'RSA-PSS-SHA512'],
    ['ECDSA on P-256', 'P-256', [], 'ECDSA-P256-SHA256'],
    ['ECDSA on P-384', 'P-384', ['-md', 'sha384'], 'ECDSA-P384-SHA384'],
    ['ECDSA on P-521', 'P-521', ['-md', 'sha512'], 'ECDSA-P521-SHA512'],
  ])('by %s', async (_, kind, args, algorithm) => {
    const { authority } = standardHierarchy();
    const person = issue({ subject: PERSON, key: keyOf('person', kind), issuer: authority });
    const report = await verifyOnly(signCms({ content, signers: [person], args }), { content });
    expect([conclusionOf(report), report.algorithm]).toEqual(['TOTAL-PASSED', algorithm]);
  });

  it('for each of several signers, and the worst one decides for the file', async () => {
    const { authority, person } = standardHierarchy();
    const second = issue({
      subject: '/CN=ЕКІНШІ АДАМ/serialNumber=IIN870131400019/C=KZ',
      key: keyOf('second', 'P-256'),
      issuer: authority,
    });
    const expired = issue({
      subject: PERSON,
      key: keyOf('second'),
      issuer: authority,
      from: '2020-01-01T00:00:00Z',
      to: '2021-01-01T00:00:00Z',
    });
    const both = await verify(signCms({ content, signers: [person, second] }), { content });
    expect(both.signatures.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['S1', 'valid'],
      ['S2', 'valid'],
    ]);
    expect(new Set(both.signatures.map(({ signer }) => signer?.commonName))).toEqual(new Set(['ТЕСТОВ ТЕСТ', 'ЕКІНШІ АДАМ']));
    const mixed = await verify(signCms({ content, signers: [person, expired] }), { content });
    expect(mixed.overall).toBe('undecided');
    expect(mixed.signatures.map(({ verdict }) => verdict).sort()).toEqual(['undecided', 'valid']);
  });

  it('when the same key signed twice, each at its own place', async () => {
    const { person } = standardHierarchy();
    const once = signCms({ content, signers: [person] });
    const twice = resignCms(once, person);
    expect((await verify(twice, { content })).signatures.map(({ verdict }) => verdict)).toEqual(['valid', 'valid']);
  });

  it('when its attributes stand unsorted but were signed in their DER order', async () => {
    expect(
      conclusionOf(await verifyOnly(forgeSignedData({ signer: standardHierarchy().person, content, unsorted: true }), { content })),
    ).toBe('TOTAL-PASSED');
  });

  it('over content that streams by in pieces', async () => {
    const cms = signCms({ content, signers: [standardHierarchy().person] });
    const pieces = async function* () {
      for (const octet of content) yield Uint8Array.of(octet);
    };
    const result = await verifyFile({
      file: 'x',
      bytes: cms,
      content: contentFromStream(pieces),
      trust: standardTrust(),
      policy: await policyNamed('kz-incoming'),
      at: AT,
    });
    expect(result.ok && result.value.report.overall).toBe('valid');
  });
});

describe('what a CMS signature lacks is named', () => {
  it('detached content that is not given is missing, not changed', async () => {
    const report = await verifyOnly(signCms({ content, signers: [standardHierarchy().person] }));
    expect([conclusionOf(report), reasonOf(report, 'cryptography.content')]).toEqual([
      'INDETERMINATE/SIGNED_DATA_NOT_FOUND',
      'content-missing',
    ]);
  });

  it('a content stream that fails is unreadable, not a verdict', async () => {
    const cms = signCms({ content, signers: [standardHierarchy().person] });
    const broken = contentFromStream(() => {
      throw new Error('gone');
    });
    const result = await verifyFile({
      file: 'x',
      bytes: cms,
      content: broken,
      trust: standardTrust(),
      policy: await policyNamed('kz-incoming'),
      at: AT,
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  });

  it('a signing-certificate attribute: kz-incoming warns, court-default and ades-strict do not decide', async () => {
    const cms = signCms({ content, signers: [standardHierarchy().person], plain: true });
    const tolerant = await verifyOnly(cms, { content });
    expect([conclusionOf(tolerant), tolerant.warnings]).toEqual(['TOTAL-PASSED', ['SIGNING_CERTIFICATE_ATTRIBUTE_MISSING']]);
    for (const policy of ['court-default', 'ades-strict'])
      expect(conclusionOf(await verifyOnly(cms, { content, policy }))).toBe('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
  });

  it('signed attributes: the content itself is verified, and only kz-incoming accepts it, with a warning', async () => {
    const cms = signCms({ content, signers: [standardHierarchy().person], plain: true, args: ['-noattr'] });
    const tolerant = await verifyOnly(cms, { content });
    expect([conclusionOf(tolerant), tolerant.timeSource]).toEqual(['TOTAL-PASSED', 'none']);
    expect(tolerant.warnings).toContain('SIGNED_ATTRIBUTES_MISSING');
    expect(conclusionOf(await verifyOnly(cms, { content, policy: 'ades-strict' }))).toBe('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
    expect(conclusionOf(await verifyOnly(cms, { content: Buffer.from('other') }))).toBe('TOTAL-FAILED/SIG_CRYPTO_FAILURE');
  });

  it('the signer certificate: without it nobody signed', async () => {
    const cms = forgeSignedData({ signer: standardHierarchy().person, content, certificates: [] });
    const report = await verifyOnly(cms, { content });
    expect([conclusionOf(report), report.signer]).toEqual(['INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND', null]);
  });

  it('the signer certificate may come from the material at hand', async () => {
    const { person } = standardHierarchy();
    const trust = standardTrust();
    const cms = forgeSignedData({ signer: person, content, certificates: [] });
    expect((await verify(cms, { content, trust: { ...trust, certs: [...trust.certs, person.der] } })).overall).toBe('valid');
  });

  it('a timestamp that is not verified is not counted', async () => {
    const unsigned = [attribute(OIDS.timestamp, der.sequence(der.integer(1)))];
    const report = await verifyOnly(forgeSignedData({ signer: standardHierarchy().person, content, unsigned }), { content });
    expect(report).toMatchObject({ verdict: 'valid', level: 'B', bestTime: AT, timeSource: 'none' });
    expect(report.warnings).toContain('TIMESTAMP_NOT_TRUSTED');
  });

  it('a claimed time in the future is warned about and proves nothing', async () => {
    const { person } = standardHierarchy();
    const attributes = [
      contentTypeAttribute(),
      digestAttribute(content),
      signingCertificateAttribute(person.der),
      attribute(OIDS.signingTime, der.time('2045-01-01T00:00:00Z')),
    ];
    const report = await verifyOnly(forgeSignedData({ signer: person, content, attributes }), { content });
    expect(report).toMatchObject({ claimedTime: '2045-01-01T00:00:00Z', bestTime: AT, warnings: ['CLAIMED_TIME_IMPLAUSIBLE'] });
  });
});

describe('what is not a CMS signature', () => {
  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['text', Buffer.from('Сәлем')],
    ['base64 of something else', Buffer.from(Buffer.from('hello there').toString('base64'))],
    ['XML that nobody signed', Buffer.from('<?xml version="1.0"?><a/>')],
    ['a certificate', standardHierarchy().person.der],
  ])('%s is unsigned', async (_, bytes) => {
    expect(await verify(bytes)).toMatchObject({ format: 'none', overall: 'unsigned', signatures: [] });
  });

  it('a PEM message that cannot be decoded says so', async () => {
    for (const body of ['', 'MII*', 'TUlJ']) {
      const bytes = Buffer.from(`-----BEGIN CMS-----\n${body}\n-----END CMS-----\n`);
      expect(await verify(bytes)).toMatchObject({ format: 'none', overall: 'unsigned', flags: ['MALFORMED'] });
    }
  });

  it('a message among other PEM blocks is found, one of two is not chosen', async () => {
    const { person, root } = standardHierarchy();
    const pem = (label: string, der: Uint8Array) =>
      `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
    const cms = signCms({ content, signers: [person] });
    expect((await verify(Buffer.from(pem('CERTIFICATE', root.der) + pem('PKCS7', cms)), { content })).overall).toBe('valid');
    expect((await verify(Buffer.from(pem('CMS', cms) + pem('CMS', cms)), { content })).overall).toBe('unsigned');
  });

  it('a message without signers is unsigned', async () => {
    const empty = der.sequence(
      der.oid(OIDS.signedData),
      der.explicit(0, der.sequence(der.integer(1), der.set(), der.sequence(der.oid(OIDS.data)), der.set())),
    );
    expect(await verify(empty)).toMatchObject({ format: 'cms', overall: 'unsigned' });
  });
});
