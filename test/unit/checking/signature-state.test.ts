import { describe, expect, it } from 'vitest';
import { noteOf, reasonOf, stateOf } from '../../../main/checking/index.ts';
import { CHECK_IDS, conclusionOf } from '../../../main/signature/index.ts';
import { SUB_INDICATIONS, verdictOf, type CheckRecord, type SignatureReport, type SubIndication } from '../../../shared/domain/verdict.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };

const FAILED: readonly SubIndication[] = ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'EXPIRED', 'REVOKED', 'NOT_YET_VALID'];

function report(
  subIndication: SubIndication | null,
  checks: readonly CheckRecord[] = [],
  change: Partial<SignatureReport> = {},
): SignatureReport {
  const indication = subIndication !== null && FAILED.includes(subIndication) ? 'TOTAL-FAILED' : 'INDETERMINATE';
  return {
    id: 'S1',
    verdict: verdictOf(indication),
    indication,
    subIndication,
    signer: null,
    algorithm: null,
    level: 'B',
    claimedTime: null,
    bestTime: '2026-11-21T00:00:00Z',
    timeSource: 'none',
    boundedByReceipt: false,
    timestamps: [],
    covers: 'whole',
    policyVersion: '2026-1',
    warnings: [],
    checks,
    certificateSha256: 'signer',
    certificateValidity: null,
    revocation: null,
    ...change,
  };
}
const fails = (id: string, reason: string, certificate = 'signer'): CheckRecord => ({ id, result: 'fail', reason, certificate });
const passes = (id: string): CheckRecord => ({ id, result: 'ok', reason: null });
const reason = (sub: SubIndication, ...checks: CheckRecord[]) => reasonOf(report(sub, checks), 'applicant');

describe('the one reason of a signature', () => {
  it.each(SUB_INDICATIONS)('%s has one, with words and a next step in every language', (sub) => {
    const key = reason(sub);
    for (const locale of [kk, ru] as Readonly<Record<string, string>>[]) {
      expect(locale[`sigReason.${key}`]).toBeTruthy();
      expect(locale[`sigReason.${key}.do`]).toBeTruthy();
    }
  });

  it('is there for every check that can fail', () => {
    for (const id of CHECK_IDS) {
      const { subIndication } = conclusionOf(id)!;
      const key = reason(subIndication, fails(id, 'some-code'));
      expect((kk as Readonly<Record<string, string>>)[`sigReason.${key}`], id).toBeTruthy();
    }
  });

  it('of a sound signature is none, or that it is somebody else’s, or nobody’s', () => {
    const sound = report(null, [], { verdict: 'valid', indication: 'TOTAL-PASSED' });
    expect(reasonOf(sound, 'applicant')).toBeNull();
    expect(reasonOf(sound, 'representative')).toBeNull();
    expect(reasonOf(sound, 'other')).toBe('iinMismatch');
    expect(reasonOf(sound, 'unknown')).toBe('signerUnknown');
  });

  it('never says revoked of what is not known', () => {
    for (const code of [
      'revocation-unavailable',
      'ocsp-unreachable',
      'crl-stale',
      'ocsp-unknown',
      'ocsp-signature-invalid',
      'crl-host-not-allowed',
      'from-tomorrow',
    ])
      for (const online of [true, false]) {
        const key = reasonOf(report('TRY_LATER', [fails('revocation.known', code)]), 'applicant', { online });
        expect(key, code).toMatch(/^(serviceDown|noStatus|status[A-Z]\w+)$/);
      }
    expect(reason('TRY_LATER', fails('revocation.not-suspended', 'certificate-hold'))).toBe('suspended');
  });

  it('tells a desk without a line from a service that did not answer', () => {
    const unanswered = report('TRY_LATER', [fails('revocation.known', 'ocsp-unreachable')]);
    expect(reasonOf(unanswered, 'applicant', { online: false })).toBe('noStatus');
    expect(reasonOf(unanswered, 'applicant', { online: true })).toBe('serviceDown');
    const forged = report('TRY_LATER', [fails('revocation.known', 'ocsp-signature-invalid')]);
    expect(reasonOf(forged, 'applicant', { online: false })).toBe('statusUnusable');
    expect(reason('TRY_LATER', fails('revocation.known', 'crl-stale'))).toBe('statusStale');
    expect(reason('TRY_LATER', fails('revocation.known', 'ocsp-host-not-allowed'))).toBe('statusNotAllowed');
    expect(reason('TRY_LATER', fails('revocation.known', 'revocation-unavailable'))).toBe('statusMissing');
  });

  it('says of a certificate that was never issued just that', () => {
    expect(reason('REVOKED_NO_POE', fails('revocation.not-revoked', 'never-issued'))).toBe('neverIssued');
    expect(reason('REVOKED_NO_POE', fails('revocation.not-revoked', 'key-compromise'))).toBe('revokedNoTime');
    expect(reason('REVOKED_NO_POE', fails('revocation.not-revoked', 'later-key-compromise'))).toBe('revokedLater');
    expect(reason('REVOKED_NO_POE', fails('revocation.not-revoked', 'ca-compromise', 'issuer'))).toBe('issuerRevoked');
  });

  it('says changed of a document only when the document was changed', () => {
    expect(reason('HASH_FAILURE', fails('cryptography.digest', 'content-changed'))).toBe('changed');
    expect(reason('HASH_FAILURE', fails('format.content-agrees', 'content-differs'))).toBe('otherContent');
    expect(reason('SIG_CRYPTO_FAILURE', passes('cryptography.digest'), fails('cryptography.value', 'signature-value-wrong'))).toBe(
      'signatureBroken',
    );
    expect(reason('SIG_CRYPTO_FAILURE', fails('cryptography.value', 'signature-value-wrong'))).toBe('changed');
    expect(reason('FORMAT_FAILURE', fails('pdf.unmodified', 'page-changed'))).toBe('changedAfter');
    expect(reason('GENERIC', fails('pdf.unmodified', 'too-many-changes'))).toBe('changesUnjudged');
    expect(reason('FORMAT_FAILURE', fails('xml.wrapping', 'same-element-elsewhere'))).toBe('substituted');
    expect(reason('FORMAT_FAILURE', fails('format.structure', 'message-malformed'))).toBe('format');
  });

  it('of XML tells what is signed only in part from what cannot be checked', () => {
    expect(reason('SIG_CONSTRAINTS_FAILURE', fails('xml.coverage', 'part-of-document'))).toBe('partOnly');
    expect(reason('SIG_CONSTRAINTS_FAILURE', fails('xml.methods', 'transform-unsupported'))).toBe('methodsUnsupported');
  });

  it('blames the authority for the authority’s faults, and the key for the key’s', () => {
    expect(reason('CHAIN_CONSTRAINTS_FAILURE', fails('certificate.key-usage', 'non-repudiation-missing'))).toBe('wrongKey');
    expect(reason('CHAIN_CONSTRAINTS_FAILURE', fails('path.policies', 'policy-required', 'issuer'))).toBe('chainFaulty');
    expect(reason('CERTIFICATE_CHAIN_GENERAL_FAILURE', fails('path.length', 'path-too-long', 'issuer'))).toBe('chainFaulty');
    expect(reason('OUT_OF_BOUNDS_NO_POE', fails('path.validity', 'expired', 'issuer'))).toBe('chainExpired');
    expect(reason('OUT_OF_BOUNDS_NO_POE', fails('certificate.validity', 'expired'))).toBe('noTime');
    expect(reason('OUT_OF_BOUNDS_NO_POE', fails('certificate.validity', 'not-yet-valid'))).toBe('certificateNotYetValid');
  });

  it('does not call an algorithm weak that is only unknown here', () => {
    expect(reason('CRYPTO_CONSTRAINTS_FAILURE', fails('cryptography.algorithms', 'algorithm-unsupported'))).toBe('algorithmUnsupported');
    expect(reason('CRYPTO_CONSTRAINTS_FAILURE', fails('pdf.sub-filter', 'sub-filter-unsupported'))).toBe('algorithmUnsupported');
    expect(reason('CRYPTO_CONSTRAINTS_FAILURE', fails('acceptance.algorithm', 'hash-weak'))).toBe('algorithmWeak');
  });

  it('is that of the failure that made the verdict, not of a lesser one before it', () => {
    const checks = [fails('xml.methods', 'transform-unsupported'), fails('cryptography.digest', 'content-changed')];
    expect(reason('HASH_FAILURE', ...checks)).toBe('changed');
  });
});

describe('a note on a sound signature', () => {
  const sound = (...warnings: string[]) => report(null, [], { verdict: 'valid', indication: 'TOTAL-PASSED', warnings });
  it('tells of a later revocation, of a timestamp without trust, the weightier first', () => {
    expect(noteOf(sound('TIMESTAMP_NOT_TRUSTED'))).toBe('TIMESTAMP_NOT_TRUSTED');
    expect(noteOf(sound('TIMESTAMP_NOT_TRUSTED', 'REVOKED_AFTER_SIGNING'))).toBe('REVOKED_AFTER_SIGNING');
  });

  it('is none about what NCALayer leaves out of every signature, and none where the verdict says more', () => {
    expect(noteOf(sound('SIGNED_ATTRIBUTES_MISSING', 'SIGNING_CERTIFICATE_ATTRIBUTE_MISSING', 'NO_IIN'))).toBeNull();
    expect(noteOf(report('TRY_LATER', [], { warnings: ['REVOKED_AFTER_SIGNING'] }))).toBeNull();
  });
});

describe('the state', () => {
  it('keeps soundness and the right person apart: neither makes a sound signature of another invalid', () => {
    expect(stateOf('valid', 'applicant')).toBe('valid');
    expect(stateOf('valid', 'representative')).toBe('valid');
    expect(stateOf('valid', 'other')).toBe('check-signer');
    expect(stateOf('valid', 'unknown')).toBe('check-signer');
    expect(stateOf('undecided', 'other')).toBe('undecided');
    expect(stateOf('invalid', 'applicant')).toBe('invalid');
    expect(stateOf('unsigned', null)).toBe('absent');
  });
});
