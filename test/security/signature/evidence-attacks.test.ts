import { describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import { contentFromBytes, verifyFile, type TrustMaterial } from '../../../main/signature/index.ts';
import { certificate, crl, extensionOf, type ForgedCertificate } from '../../support/forge-path.ts';
import { forgeOcsp } from '../../support/forge-ocsp.ts';
import { forgeSignedData, type Forgery } from '../../support/forge-signed-data.ts';
import { writeTemporary } from '../../support/openssl-pki.ts';
import { conclusionOf, policyNamed, reasonOf, verifyOnly } from '../../support/verify-signature.ts';

const AT = '2026-11-15T00:00:00Z';
const content = Buffer.from('Талап арыз');
const EMAIL = '1.3.6.1.5.5.7.3.4';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const NO_CHECK = extensionOf('1.3.6.1.5.5.7.48.1.5', der.nullValue());
const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const OCSP_IN_CMS = '1.3.6.1.5.5.7.16.2';

const usage = (...purposes: readonly string[]): Uint8Array[] => [
  extensionOf('2.5.29.15', der.namedBits([0, 1]), true),
  extensionOf('2.5.29.37', der.sequence(...purposes.map((oid) => der.oid(oid)))),
];
const top = certificate({ subject: 'CN=TOP', issuer: 'CN=TOP', ca: true });
const authority = certificate({ subject: 'CN=CA', issuer: 'CN=TOP', ca: true });
const LEAF = 4711;
const leaf = certificate({ subject: 'CN=LEAF', issuer: 'CN=CA', serial: LEAF, extensions: usage(EMAIL) });
const topList = crl({ issuer: 'CN=TOP' });

const signed = (signer: ForgedCertificate, more: Partial<Forgery> = {}): Uint8Array =>
  forgeSignedData({
    signer: {
      pem: '',
      key: writeTemporary('forged.key', signer.key.privateKey.export({ format: 'pem', type: 'pkcs8' })),
      der: signer.der,
      subject: '',
    },
    content,
    signatureAlgorithm: ECDSA_SHA256,
    ...more,
  });
const answerInside = (response: Uint8Array): Uint8Array => der.raw(0xa1, der.oid(OCSP_IN_CMS), response);
const trust = (more: Partial<TrustMaterial> = {}): TrustMaterial => ({
  anchors: [top.der],
  certs: [authority.der],
  crls: [topList],
  ocsp: [],
  ...more,
});
const judge = (bytes: Uint8Array, material: Partial<TrustMaterial> = {}) => verifyOnly(bytes, { content, trust: trust(material), at: AT });
const good = forgeOcsp({ responder: 'CN=CA', answers: [{ serial: LEAF, issuer: 'CN=CA' }] });

it('the signature these attacks start from is valid by a list or an answer, and undecided without', async () => {
  expect(conclusionOf(await judge(signed(leaf), { crls: [topList, crl({ issuer: 'CN=CA' })] }))).toBe('TOTAL-PASSED');
  expect(conclusionOf(await judge(signed(leaf), { ocsp: [good] }))).toBe('TOTAL-PASSED');
  expect(conclusionOf(await judge(signed(leaf)))).toBe('INDETERMINATE/TRY_LATER');
});

it('an answer under a broken hash is judged by the day of the check, not by the day it claims to be made', async () => {
  const old = { responder: 'CN=CA', hash: 'sha1', producedAt: '2015-01-01T00:00:00Z' } as const;
  const answer = forgeOcsp({
    ...old,
    answers: [{ serial: LEAF, issuer: 'CN=CA', from: '2015-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' }],
  });
  const signature = await judge(signed(leaf), { ocsp: [answer] });
  expect(conclusionOf(signature)).not.toBe('TOTAL-PASSED');
  expect(reasonOf(signature, 'revocation.known')).toBe('ocsp-algorithm-refused');
});

describe('a genuine revocation cannot be drowned', () => {
  const revoking = crl({ issuer: 'CN=CA', entries: [{ serial: LEAF, reason: 1 }] });
  const impostors = (from: number, count: number): Uint8Array[] =>
    Array.from({ length: count }, (_, i) =>
      certificate({
        subject: 'CN=CA',
        issuer: 'CN=CA',
        issuerKey: 'nobody',
        key: `impostor ${i % 4}`,
        serial: from + i,
        extensions: usage(OCSP_SIGNING),
      }),
    ).map((impostor) => impostor.der);

  it('in certificates and answers that have to be looked at first', async () => {
    const answers = Array.from({ length: 63 }, (_, i) =>
      forgeOcsp({
        responder: 'CN=CA',
        key: 'nobody',
        answers: [{ serial: LEAF, issuer: 'CN=CA' }],
        certificates: impostors(10_000 + 16 * i, 16),
      }),
    );
    const bomb = signed(leaf, {
      version: 5,
      certificates: [leaf.der, ...impostors(1, 500)],
      crls: [good, ...answers].map(answerInside),
    });
    const material = trust({ crls: [topList, revoking] });
    const outcome = async (bytes: Uint8Array) => conclusionOf(await verifyOnly(bytes, { content, trust: material, at: AT }));
    // What was computed for a file before is remembered and must not help either.
    const other = certificate({ subject: 'CN=OTHER', issuer: 'CN=TOP', extensions: usage(EMAIL) });
    expect([await outcome(signed(other)), await outcome(bomb)]).toEqual(['TOTAL-PASSED', 'INDETERMINATE/REVOKED_NO_POE']);
  });

  it.each([
    ['before', '2026-11-09T00:00:00Z'],
    ['after', '2026-11-12T00:00:00Z'],
  ])('by a genuine good answer from %s the list', async (_, from) => {
    const answer = forgeOcsp({ responder: 'CN=CA', answers: [{ serial: LEAF, issuer: 'CN=CA', from }], producedAt: from });
    const report = await judge(signed(leaf, { version: 5, crls: [answerInside(answer)] }), {
      crls: [topList, crl({ issuer: 'CN=CA', from: '2026-11-10T00:00:00Z', entries: [{ serial: LEAF, reason: 1 }] })],
    });
    expect(conclusionOf(report)).toBe('INDETERMINATE/REVOKED_NO_POE');
  });
});

describe('an answer or list that says nothing about the signer', () => {
  const unsettled = async (more: Partial<TrustMaterial>, message = signed(leaf)) => {
    const report = await judge(message, more);
    expect(conclusionOf(report)).toBe('INDETERMINATE/TRY_LATER');
    return reasonOf(report, 'revocation.known');
  };

  it('is one by an issuer of the same name with another key', async () => {
    const other = forgeOcsp({ responder: 'CN=CA', key: 'twin', answers: [{ serial: LEAF, issuer: 'CN=CA', issuerKey: 'twin' }] });
    expect(await unsettled({ ocsp: [other] })).toBe('revocation-unavailable');
    const twin = certificate({ subject: 'CN=CA', issuer: 'CN=CA', key: 'twin', issuerKey: 'twin', ca: true });
    expect(await unsettled({ certs: [authority.der, twin.der], crls: [topList, crl({ issuer: 'CN=CA', key: 'twin' })] })).toBe(
      'crl-signature-invalid',
    );
  });

  it('is one of a responder that a sibling authority of the same name has made', async () => {
    const twin = certificate({ subject: 'CN=CA', issuer: 'CN=CA', key: 'twin', issuerKey: 'twin', ca: true });
    const responder = certificate({
      subject: 'CN=RESPONDER',
      issuer: 'CN=CA',
      issuerKey: 'twin',
      extensions: [...usage(OCSP_SIGNING), NO_CHECK],
    });
    const answer = forgeOcsp({ responder: 'CN=RESPONDER', answers: [{ serial: LEAF, issuer: 'CN=CA' }], certificates: [responder.der] });
    expect(await unsettled({ certs: [authority.der, twin.der], ocsp: [answer] })).toBe('ocsp-responder-not-authorised');
  });

  it('is one of a sound responder whose certificate was changed to bear another key', async () => {
    const answer = forgeOcsp({ responder: 'CN=LEAF', answers: [{ serial: LEAF, issuer: 'CN=CA' }], certificates: [leaf.der] });
    expect(await unsettled({ ocsp: [answer] })).toBe('ocsp-responder-not-authorised');
  });

  it('is one kind of evidence offered as another', async () => {
    const list = crl({ issuer: 'CN=CA' });
    expect(await unsettled({ crls: [topList, good], ocsp: [list] })).toBe('revocation-unavailable');
    expect(await unsettled({}, signed(leaf, { version: 5, crls: [good, answerInside(list)] }))).toBe('revocation-unavailable');
    expect(await unsettled({ certs: [authority.der, good, list] })).toBe('revocation-unavailable');
  });
});

describe('nobody excuses himself from revocation', () => {
  it('who may sign documents and calls himself a responder besides', async () => {
    const both = certificate({ subject: 'CN=BOTH', issuer: 'CN=CA', extensions: [...usage(EMAIL, OCSP_SIGNING), NO_CHECK] });
    expect(conclusionOf(await judge(signed(both)))).toBe('INDETERMINATE/TRY_LATER');
  });

  it('who is an authority', async () => {
    const purpose = extensionOf('2.5.29.37', der.sequence(der.oid(OCSP_SIGNING)));
    const excused = certificate({ subject: 'CN=CA', issuer: 'CN=TOP', ca: true, serial: 99, extensions: [purpose, NO_CHECK] });
    const lists = [crl({ issuer: 'CN=CA' })];
    expect(conclusionOf(await judge(signed(leaf), { certs: [excused.der], crls: lists }))).toBe('INDETERMINATE/TRY_LATER');
    const revoked = crl({ issuer: 'CN=TOP', entries: [{ serial: 99, reason: 1 }] });
    expect(conclusionOf(await judge(signed(leaf), { certs: [excused.der], crls: [...lists, revoked] }))).toBe(
      'INDETERMINATE/REVOKED_NO_POE',
    );
  });
});

describe('the receipt of the registry', () => {
  const received = async (receivedAt: string) => {
    const policy = await policyNamed('kz-incoming');
    const result = await verifyFile({
      file: 'x.p7s',
      bytes: signed(leaf),
      content: contentFromBytes(content),
      trust: trust({ ocsp: [good] }),
      policy,
      at: AT,
      receivedAt,
    });
    return result.ok ? result.value.report.signatures[0]! : null;
  };

  it('bounds the time only when it lies before the check', async () => {
    expect(await received('2026-11-12T00:00:00Z')).toMatchObject({
      verdict: 'valid',
      boundedByReceipt: true,
      bestTime: '2026-11-12T00:00:00Z',
    });
    expect(await received('2026-11-16T00:00:00Z')).toMatchObject({ boundedByReceipt: false, bestTime: AT });
    expect(await received('yesterday')).toMatchObject({ boundedByReceipt: false, bestTime: AT });
  });

  it('before the certificate began makes the signature invalid', async () => {
    expect(conclusionOf((await received('2019-12-31T00:00:00Z'))!)).toBe('TOTAL-FAILED/NOT_YET_VALID');
  });
});
