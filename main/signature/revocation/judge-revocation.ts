import type { CertificateFacts } from '../certificates/read-certificate.ts';
import { judgeCrls } from './judge-crls.ts';
import { judgeOcsp } from './judge-ocsp.ts';
import type { EvidenceAnswer, RevocationContext, RevocationStatus } from './revocation-status.ts';

/** Why nothing could be used, the most telling first. */
const REASONS = [
  'ocsp-signature-invalid',
  'ocsp-responder-not-authorised',
  'crl-signature-invalid',
  'ocsp-unknown',
  'ocsp-stale',
  'crl-stale',
  'ocsp-not-yet-valid',
  'crl-not-yet-valid',
  'evidence-after-expiry',
  'ocsp-critical-extension',
  'crl-critical-extension',
  'ocsp-algorithm-refused',
  'crl-algorithm-refused',
  'crl-some-reasons-only',
  'crl-delta-without-base',
  'crl-other-scope',
];

/**
 * Revocation status of one certificate by everything at hand (EN 319 102-1 §5.2.5, §5.2.6): the freshest genuine answer decides, but a
 * revocation that was ever declared is final, unless it was a hold.
 */
export function judgeRevocation(certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): RevocationStatus {
  const verdicts = [judgeOcsp(certificate, issuer, context), judgeCrls(certificate, issuer, context)];
  const answers = verdicts.flatMap((verdict) => verdict.answers).sort((a, b) => b.source.thisUpdate - a.source.thisUpdate);
  const decisive = answers.find(isFinal) ?? answers[0];
  if (decisive === undefined) {
    const unusable = verdicts.flatMap((verdict) => verdict.unusable);
    return {
      status: 'unknown',
      reason: REASONS.find((reason) => unusable.includes(reason)) ?? unusable[0] ?? 'revocation-unavailable',
      evidence: null,
      revokedAt: null,
    };
  }
  const { revocation, source } = decisive;
  if (revocation === null) return { status: 'good', reason: null, evidence: source, revokedAt: null };
  const { reason, revokedAt } = revocation;
  // Where no earlier time is proven, a list that names the certificate revokes it, whatever the date of that (RFC 5280 §6.3.3).
  const later = context.since < context.at && revokedAt > context.since;
  const status = reason === 'certificate-hold' ? 'suspended' : later ? 'revoked-later' : 'revoked';
  return { status, reason, evidence: source, revokedAt };
}

const isFinal = ({ revocation }: EvidenceAnswer): boolean => revocation !== null && revocation.reason !== 'certificate-hold';
