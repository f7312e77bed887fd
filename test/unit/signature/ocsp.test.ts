import { describe, expect, it } from 'vitest';
import { readOcspResponse } from '../../../main/signature/index.ts';
import { daysFromNow, issue, issueCrl, keyOf, signCms, standardHierarchy, type Certificate } from '../../support/openssl-pki.ts';
import { answerOcsp, breakSignature, RESPONDER_EXTENSIONS, standardResponder } from '../../support/openssl-ocsp.ts';
import { conclusionOf, reasonOf, standardTrust, verifyOnly } from '../../support/verify-signature.ts';

const content = Buffer.from('Талап арыз');
const { root, authority, person, crls } = standardHierarchy();
const rootCrl = crls[0]!;
const cms = signCms({ content, signers: [person] });
const ask = (more: Partial<Parameters<typeof answerOcsp>[0]> = {}) => answerOcsp({ issuer: authority, certificate: person, ...more });
const judge = (ocsp: readonly Uint8Array[], options: { at?: string; crls?: readonly Uint8Array[] } = {}) =>
  verifyOnly(cms, {
    content,
    trust: { ...standardTrust(), crls: options.crls ?? [rootCrl], ocsp },
    ...(options.at ? { at: options.at } : {}),
  });
const outcomeOf = (report: Awaited<ReturnType<typeof judge>>) => [conclusionOf(report), reasonOf(report, 'revocation.known')];
const responderOf = (more: Partial<Parameters<typeof issue>[0]>): Certificate =>
  issue({ subject: '/CN=OCSP OTHER/C=KZ', key: keyOf('other responder'), issuer: authority, extensions: RESPONDER_EXTENSIONS, ...more });

describe('an OCSP answer', () => {
  it('of a responder the issuer made says good, with and without nextUpdate', async () => {
    for (const answer of [ask(), ask({ minutes: 60 }), ask({ byKey: true }), ask({ digest: 'sha1' })]) {
      const report = await judge([answer]);
      expect([outcomeOf(report), report.revocation?.kind]).toEqual([['TOTAL-PASSED', 'ok'], 'ocsp']);
    }
  });

  it('of the issuer itself counts too', async () => {
    expect(conclusionOf(await judge([ask({ responder: authority })]))).toBe('TOTAL-PASSED');
  });

  it.each([undefined, 'keyCompromise', 'superseded'])(
    'says revoked, reason %s: undecided without a proof of an earlier time',
    async (reason) => {
      const answer = ask({ revoked: [{ certificate: person, ...(reason ? { reason } : {}) }] });
      expect(conclusionOf(await judge([answer]))).toBe('INDETERMINATE/REVOKED_NO_POE');
    },
  );

  it('says on hold since the epoch: such a certificate was never issued', async () => {
    const answer = ask({ revoked: [{ certificate: person, at: '1970-01-01T00:00:00Z', reason: 'certificateHold' }] });
    const report = await judge([answer]);
    expect([conclusionOf(report), reasonOf(report, 'revocation.not-revoked')]).toEqual(['INDETERMINATE/REVOKED_NO_POE', 'never-issued']);
  });

  it('says on hold: try later', async () => {
    const answer = ask({ revoked: [{ certificate: person, reason: 'certificateHold' }] });
    expect(conclusionOf(await judge([answer]))).toBe('INDETERMINATE/TRY_LATER');
  });

  it('says unknown: neither good nor revoked', async () => {
    expect(outcomeOf(await judge([ask({ unknown: true })]))).toEqual(['INDETERMINATE/TRY_LATER', 'ocsp-unknown']);
  });

  it('about another certificate, or of another issuer, says nothing', async () => {
    const other = issue({ subject: '/CN=БАСҚА/C=KZ', key: keyOf('second'), issuer: authority });
    expect(outcomeOf(await judge([ask({ certificate: other })]))).toEqual(['INDETERMINATE/TRY_LATER', 'revocation-unavailable']);
    const stranger = issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] });
    expect(outcomeOf(await judge([ask({ issuer: stranger })]))).toEqual(['INDETERMINATE/TRY_LATER', 'revocation-unavailable']);
  });
});

describe('an OCSP answer that must not be believed', () => {
  it('with a changed signature', async () => {
    const report = await judge([breakSignature(ask(), standardResponder())]);
    expect(outcomeOf(report)).toEqual(['INDETERMINATE/TRY_LATER', 'ocsp-signature-invalid']);
  });

  it.each<[string, () => Certificate]>([
    ['a responder without the purpose', () => responderOf({ extensions: ['keyUsage=critical,digitalSignature'] })],
    [
      'a stranger',
      () =>
        responderOf({
          issuer: issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] }),
        }),
    ],
    ['a responder of the root, not of the issuer', () => responderOf({ issuer: root })],
    ['the signer himself', () => person],
    ['a responder whose certificate has expired', () => responderOf({ from: daysFromNow(-90), to: daysFromNow(-1) })],
    ['a responder that is not valid yet', () => responderOf({ from: daysFromNow(1) })],
  ])('by %s', async (_, responder) => {
    expect(outcomeOf(await judge([ask({ responder: responder() })]))).toEqual(['INDETERMINATE/TRY_LATER', 'ocsp-responder-not-authorised']);
  });

  it('older than it may be: a day without nextUpdate, after nextUpdate otherwise', async () => {
    const later = { at: daysFromNow(2), crls: [issueCrl(root, { to: daysFromNow(9) })] };
    expect(outcomeOf(await judge([ask()], later))).toEqual(['INDETERMINATE/TRY_LATER', 'ocsp-stale']);
    expect(outcomeOf(await judge([ask({ minutes: 60 })], later))).toEqual(['INDETERMINATE/TRY_LATER', 'ocsp-stale']);
    expect(outcomeOf(await judge([ask({ minutes: 5 * 24 * 60 })], later))).toEqual(['TOTAL-PASSED', 'ok']);
  });

  it('from the future', async () => {
    const report = await judge([ask()], { at: daysFromNow(-0.2) });
    expect(outcomeOf(report)).toEqual(['INDETERMINATE/TRY_LATER', 'ocsp-not-yet-valid']);
  });

  it('truncated anywhere is no answer', () => {
    const answer = ask();
    expect(readOcspResponse(answer)).not.toBeNull();
    for (let length = 0; length < answer.length; length += 7) expect(readOcspResponse(answer.subarray(0, length))).toBeNull();
  });
});

describe('answers and lists together', () => {
  const revokedList = (from: number) =>
    issueCrl(authority, { revoked: [{ certificate: person }], from: daysFromNow(from), to: daysFromNow(5) });

  it('the later one decides', async () => {
    const good = issueCrl(authority, { from: daysFromNow(-0.9), to: daysFromNow(5) });
    const report = await judge([ask()], { crls: [rootCrl, good] });
    expect([conclusionOf(report), report.revocation?.kind]).toEqual(['TOTAL-PASSED', 'ocsp']);
  });

  it('but a revocation once declared is final', async () => {
    expect(conclusionOf(await judge([ask()], { crls: [rootCrl, revokedList(-0.5)] }))).toBe('INDETERMINATE/REVOKED_NO_POE');
    const revoked = ask({ revoked: [{ certificate: person }] });
    const good = issueCrl(authority, { from: daysFromNow(-0.9), to: daysFromNow(5) });
    expect(conclusionOf(await judge([revoked], { crls: [rootCrl, good] }))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });

  it('a forged good answer inside the message does not hide a genuine revocation', async () => {
    const forged = breakSignature(ask(), standardResponder());
    expect(conclusionOf(await judge([forged], { crls: [rootCrl, revokedList(-0.5)] }))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });
});
