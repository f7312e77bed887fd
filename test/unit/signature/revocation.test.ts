import { describe, expect, it } from 'vitest';
import type { TrustMaterial } from '../../../main/signature/index.ts';
import {
  AUTHORITY,
  CA_EXTENSIONS,
  daysFromNow,
  issue,
  issueCrl,
  keyOf,
  opensslComplaintOnCms,
  PERSON,
  SIGNING_EXTENSIONS,
  signCms,
  standardHierarchy,
} from '../../support/openssl-pki.ts';
import { forgeSignedData } from '../../support/forge-signed-data.ts';
import { conclusionOf, reasonOf, standardTrust, verifyOnly } from '../../support/verify-signature.ts';

const content = Buffer.from('Талап арыз');
const { root, authority, person, crls } = standardHierarchy();
const rootCrl = crls[0]!;
const impostor = issue({
  subject: AUTHORITY,
  key: keyOf('stranger'),
  extensions: CA_EXTENSIONS,
  from: daysFromNow(-2000),
  to: daysFromNow(5000),
});
const cms = signCms({ content, signers: [person] });
const LONG = { from: daysFromNow(-2000), to: daysFromNow(5000) };
const judge = (lists: readonly Uint8Array[], more: Partial<TrustMaterial> = {}, bytes = cms) =>
  verifyOnly(bytes, { content, trust: { ...standardTrust(), crls: lists, ...more } });
const outcomeOf = (report: Awaited<ReturnType<typeof judge>>) => [conclusionOf(report), reasonOf(report, 'revocation.known')];

describe('a revoked signer', () => {
  const revoked = (reason?: string) => [
    rootCrl,
    issueCrl(authority, { revoked: [{ certificate: person, ...(reason ? { reason } : {}) }] }),
  ];

  it.each([undefined, 'keyCompromise', 'superseded', 'cessationOfOperation'])(
    'without a proof of an earlier time is undecided: reason %s',
    async (reason) => {
      const report = await judge(revoked(reason));
      expect(conclusionOf(report)).toBe('INDETERMINATE/REVOKED_NO_POE');
      expect(report.revocation).toMatchObject({ kind: 'crl' });
      expect(opensslComplaintOnCms(cms, content, [root, authority], revoked(reason))).toContain('revoked');
    },
  );

  it('whose revocation bears a date to come is revoked all the same', async () => {
    const lists = [rootCrl, issueCrl(authority, { revoked: [{ certificate: person, reason: 'superseded', at: daysFromNow(3) }] })];
    const report = await judge(lists);
    expect([conclusionOf(report), report.warnings]).toEqual(['INDETERMINATE/REVOKED_NO_POE', []]);
    expect(opensslComplaintOnCms(cms, content, [root, authority], lists)).toContain('revoked');
  });

  it('on hold may come back: try later', async () => {
    const report = await judge(revoked('certificateHold'));
    expect([conclusionOf(report), reasonOf(report, 'revocation.not-suspended')]).toEqual(['INDETERMINATE/TRY_LATER', 'certificate-hold']);
  });

  it('is not taken for another of the same authority', async () => {
    const other = issue({ subject: PERSON, key: keyOf('second'), issuer: authority });
    expect(conclusionOf(await judge([rootCrl, issueCrl(authority, { revoked: [{ certificate: other }] })]))).toBe('TOTAL-PASSED');
  });

  it('by a CRL that the message itself carries is revoked too', async () => {
    const bytes = forgeSignedData({ signer: person, content, crls: [revoked()[1]!] });
    expect(conclusionOf(await judge([rootCrl], {}, bytes))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });
});

describe('an authority is asked about as well', () => {
  it('a revoked authority ends what it signed', async () => {
    const report = await judge([issueCrl(root, { revoked: [{ certificate: authority, reason: 'CACompromise' }] }), crls[1]!]);
    expect([conclusionOf(report), reasonOf(report, 'revocation.not-revoked')]).toEqual(['INDETERMINATE/REVOKED_NO_POE', 'ca-compromise']);
  });

  it('without a list about the authority nothing is decided', async () => {
    expect(outcomeOf(await judge([crls[1]!]))).toEqual(['INDETERMINATE/TRY_LATER', 'revocation-unavailable']);
  });

  it('of an anchor nothing is asked', async () => {
    expect(conclusionOf(await judge([crls[1]!], { anchors: [authority.der] }))).toBe('TOTAL-PASSED');
  });
});

describe('a list that does not count leaves the answer open: never good, never revoked', () => {
  const said = [{ certificate: person }];

  it.each<[string, readonly Uint8Array[], string]>([
    ['none at all', [rootCrl], 'revocation-unavailable'],
    ['a stale one', [rootCrl, issueCrl(authority, { from: daysFromNow(-3), to: daysFromNow(-2) })], 'crl-stale'],
    [
      'a stale one that revokes',
      [rootCrl, issueCrl(authority, { revoked: said, from: daysFromNow(-3), to: daysFromNow(-2) })],
      'crl-stale',
    ],
    ['one from the future', [rootCrl, issueCrl(authority, { from: daysFromNow(1), to: daysFromNow(2) })], 'crl-not-yet-valid'],
    ['one by another key', [rootCrl, issueCrl(impostor)], 'crl-signature-invalid'],
    ['one by another key that revokes', [rootCrl, issueCrl(impostor, { revoked: said })], 'crl-signature-invalid'],
    ['one signed with MD5', [rootCrl, issueCrl(authority, { digest: 'md5' })], 'crl-algorithm-refused'],
    [
      'one for authorities only',
      [rootCrl, issueCrl(authority, { extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlyCA=TRUE'] })],
      'crl-other-scope',
    ],
    [
      'one for attribute certificates only',
      [rootCrl, issueCrl(authority, { extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlyAA=TRUE'] })],
      'crl-other-scope',
    ],
    [
      'one for another distribution point',
      [
        rootCrl,
        issueCrl(authority, {
          extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'fullname=URI:http://crl.example.kz/a.crl'],
        }),
      ],
      'crl-other-scope',
    ],
    [
      'one for some reasons only',
      [rootCrl, issueCrl(authority, { extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlysomereasons=keyCompromise'] })],
      'crl-some-reasons-only',
    ],
    [
      'one with an unknown critical extension',
      [rootCrl, issueCrl(authority, { extensions: ['1.2.3.4.5=critical,ASN1:NULL'] })],
      'crl-critical-extension',
    ],
    [
      'a delta alone',
      [rootCrl, issueCrl(authority, { extensions: ['2.5.29.27=critical,ASN1:INTEGER:16'], number: 17 })],
      'crl-delta-without-base',
    ],
    ['garbage', [rootCrl, Buffer.from('3003020100', 'hex')], 'revocation-unavailable'],
  ])('%s', async (_, lists, reason) => {
    expect(outcomeOf(await judge(lists))).toEqual(['INDETERMINATE/TRY_LATER', reason]);
  });

  it('OCSP evidence alone is not yet read here', async () => {
    expect(outcomeOf(await judge([rootCrl], { ocsp: [Buffer.from('30030a0100', 'hex')] }))).toEqual([
      'INDETERMINATE/TRY_LATER',
      'revocation-unavailable',
    ]);
  });
});

describe('among several lists', () => {
  const older = (options: object = {}) => issueCrl(authority, { from: daysFromNow(-0.9), to: daysFromNow(0.5), number: 10, ...options });
  const newer = (options: object = {}) => issueCrl(authority, { from: daysFromNow(-0.1), to: daysFromNow(0.9), number: 11, ...options });
  const revoked = { revoked: [{ certificate: person }] };
  const held = { revoked: [{ certificate: person, reason: 'certificateHold' }] };

  it('the latest genuine one decides', async () => {
    expect(conclusionOf(await judge([rootCrl, older(), newer(revoked)]))).toBe('INDETERMINATE/REVOKED_NO_POE');
    expect(conclusionOf(await judge([rootCrl, newer(), older(held)]))).toBe('TOTAL-PASSED');
    expect(
      conclusionOf(
        await judge([rootCrl, issueCrl(impostor, { from: daysFromNow(-0.1), to: daysFromNow(0.9), number: 11 }), older(revoked)]),
      ),
    ).toBe('INDETERMINATE/REVOKED_NO_POE');
  });

  it('of one age, a revocation outweighs silence', async () => {
    expect(conclusionOf(await judge([rootCrl, newer(), newer(revoked)]))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });

  it('a list for this kind of certificate and this distribution point counts', async () => {
    const signer = issue({
      subject: PERSON,
      key: keyOf('second'),
      issuer: authority,
      extensions: [...SIGNING_EXTENSIONS, 'crlDistributionPoints=URI:http://crl.example.kz/a.crl'],
    });
    const list = issueCrl(authority, {
      extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlyuser=TRUE', 'fullname=URI:http://crl.example.kz/a.crl'],
    });
    expect(conclusionOf(await judge([rootCrl, list], {}, signCms({ content, signers: [signer] })))).toBe('TOTAL-PASSED');
  });

  it('a delta completes the base whose number fits, and no other', async () => {
    const delta = (base: number, options: object) =>
      newer({ number: 20, extensions: [`2.5.29.27=critical,ASN1:INTEGER:${base}`], ...options });
    expect(conclusionOf(await judge([rootCrl, older(), delta(10, revoked)]))).toBe('INDETERMINATE/REVOKED_NO_POE');
    expect(conclusionOf(await judge([rootCrl, older(), delta(15, revoked)]))).toBe('TOTAL-PASSED');
    expect(
      conclusionOf(await judge([rootCrl, older(held), delta(10, { revoked: [{ certificate: person, reason: 'removeFromCRL' }] })])),
    ).toBe('TOTAL-PASSED');
  });
});

describe('a list may be signed by another than the issuer of the certificate', () => {
  const signerOf = (extensions: readonly string[], issuer = root) =>
    issue({ subject: AUTHORITY, key: keyOf('crl-signer'), issuer, extensions, ...LONG });
  const CRL_SIGNER = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,cRLSign', 'subjectKeyIdentifier=hash'];

  it('when it bears the same name, may sign lists, and is trusted under the same anchor', async () => {
    const signer = signerOf(CRL_SIGNER);
    expect(conclusionOf(await judge([rootCrl, issueCrl(signer)], { certs: [authority.der, signer.der] }))).toBe('TOTAL-PASSED');
  });

  it.each([
    ['it may not sign lists', ['keyUsage=critical,digitalSignature', 'subjectKeyIdentifier=hash']],
    ['it says nothing about its use', ['subjectKeyIdentifier=hash']],
  ])('not when %s', async (_, extensions) => {
    const signer = signerOf(extensions);
    expect(outcomeOf(await judge([rootCrl, issueCrl(signer)], { certs: [authority.der, signer.der] }))).toEqual([
      'INDETERMINATE/TRY_LATER',
      'crl-signature-invalid',
    ]);
  });

  it('not when it is itself revoked', async () => {
    const signer = signerOf(CRL_SIGNER);
    const list = issueCrl(root, { revoked: [{ certificate: signer, reason: 'keyCompromise' }] });
    expect(conclusionOf(await judge([list, issueCrl(signer)], { certs: [authority.der, signer.der] }))).toBe('INDETERMINATE/TRY_LATER');
  });

  it('not when it is trusted under another anchor only', async () => {
    const otherRoot = issue({ subject: '/CN=OTHER ROOT', key: keyOf('stranger'), extensions: CA_EXTENSIONS, ...LONG });
    const signer = signerOf(CRL_SIGNER, otherRoot);
    const more = { anchors: [root.der, otherRoot.der], certs: [authority.der, signer.der] };
    expect(conclusionOf(await judge([rootCrl, issueCrl(otherRoot), issueCrl(signer)], more))).toBe('INDETERMINATE/TRY_LATER');
  });

  it('an authority that may not sign lists signs none', async () => {
    const quiet = issue({
      subject: '/CN=QUIET',
      key: keyOf('special'),
      issuer: root,
      extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign', 'subjectKeyIdentifier=hash'],
      ...LONG,
    });
    const signer = issue({ subject: PERSON, key: keyOf('second'), issuer: quiet });
    const report = await judge([rootCrl, issueCrl(quiet)], { certs: [quiet.der] }, signCms({ content, signers: [signer] }));
    expect(outcomeOf(report)).toEqual(['INDETERMINATE/TRY_LATER', 'crl-signature-invalid']);
  });
});
