import { judgeAlgorithm } from '../algorithms/judge-algorithm.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { Policy } from '../policy/policy.ts';
import type { CertificatePool } from '../trust/certificate-pool.ts';
import type { RevokedEntry } from './crl-entries.ts';
import { coversCertificate, sameScope } from './crl-scope.ts';
import type { Crl } from './read-crl.ts';

/** What is known about one certificate: `unknown` is neither good nor revoked. */
export type RevocationStatus = {
  readonly status: 'good' | 'revoked' | 'suspended' | 'unknown';
  /** Why it is unknown, or the reason code of the revocation. */
  readonly reason: string | null;
  /** The list that decided; null when it is unknown. */
  readonly evidence: { readonly kind: 'crl' | 'ocsp'; readonly thisUpdate: number; readonly nextUpdate: number | null } | null;
  readonly revokedAt: number | null;
};

export type RevocationContext = {
  readonly pool: CertificatePool;
  readonly crls: readonly Crl[];
  readonly policy: Policy;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Certificates that may sign this list besides the issuer itself: same name, allowed to sign CRLs, trusted under the same anchor. */
  authorisedSigners(crl: Crl, issuer: CertificateFacts): readonly CertificateFacts[];
};

const CERTIFICATE_HOLD = 6;
const REMOVE_FROM_CRL = 8;
const HOUR_MS = 3_600_000;

/** Why each list could not be used, the most telling first. */
const REASONS = [
  'crl-signature-invalid',
  'crl-stale',
  'crl-not-yet-valid',
  'crl-critical-extension',
  'crl-algorithm-refused',
  'crl-indirect-unsupported',
  'crl-some-reasons-only',
  'crl-delta-without-base',
  'crl-other-scope',
] as const;
type UnusableReason = (typeof REASONS)[number];

/**
 * Revocation status of one certificate by the CRLs at hand (RFC 5280 §6.3; EN 319 102-1 §5.2.5): among the genuine, fresh lists that speak
 * about it the latest decides, completed by deltas that fit it. Without such a list the status is unknown.
 */
export function judgeRevocation(certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): RevocationStatus {
  const unusable = new Set<UnusableReason>();
  const usable = context.crls.filter((crl) => {
    if (crl.issuer.key !== certificate.issuer.key) return false;
    const reason = whyUnusable(crl, certificate, issuer, context);
    if (reason !== null) unusable.add(reason);
    return reason === null;
  });
  const bases = usable.filter((crl) => crl.deltaBase === null);
  const latest = Math.max(...bases.map((crl) => crl.thisUpdate));
  const decisive = bases.filter((crl) => crl.thisUpdate === latest).map((base) => decide(certificate, base, usable));
  const worst = decisive.find(({ entry }) => entry !== null) ?? decisive[0];
  if (worst === undefined) {
    if (usable.length > 0) unusable.add('crl-delta-without-base');
    return {
      status: 'unknown',
      reason: REASONS.find((reason) => unusable.has(reason)) ?? 'revocation-unavailable',
      evidence: null,
      revokedAt: null,
    };
  }
  const { entry, crl } = worst;
  if (entry === null && crl.scope?.onlySomeReasons)
    return { status: 'unknown', reason: 'crl-some-reasons-only', evidence: null, revokedAt: null };
  const evidence = { kind: 'crl' as const, thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate };
  if (entry === null) return { status: 'good', reason: null, evidence, revokedAt: null };
  const status = entry.reason === CERTIFICATE_HOLD ? 'suspended' : 'revoked';
  return { status, reason: REVOCATION_REASONS[entry.reason ?? 0] ?? 'unspecified', evidence, revokedAt: entry.revokedAt };
}

const REVOCATION_REASONS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'key-compromise',
  2: 'ca-compromise',
  3: 'affiliation-changed',
  4: 'superseded',
  5: 'cessation-of-operation',
  6: 'certificate-hold',
  9: 'privilege-withdrawn',
  10: 'aa-compromise',
};

function whyUnusable(crl: Crl, certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): UnusableReason | null {
  const { policy, at } = context;
  const skewMs = policy.parameters.clockSkewSeconds * 1000;
  if (crl.unknownCritical) return 'crl-critical-extension';
  if (crl.scope?.indirect) return 'crl-indirect-unsupported';
  if (!coversCertificate(crl.scope, certificate)) return 'crl-other-scope';
  if (crl.thisUpdate > at + skewMs) return 'crl-not-yet-valid';
  const until = crl.nextUpdate ?? crl.thisUpdate + policy.parameters.revocationMaxAgeHours * HOUR_MS;
  if (until < at) return 'crl-stale';
  const direct = issuer.keyUsage === null || issuer.keyUsage.has('cRLSign') ? [issuer] : [];
  const genuine = (signer: CertificateFacts) => context.pool.signedBy(crl, signer) === 'valid';
  const signer = direct.find(genuine) ?? context.authorisedSigners(crl, issuer).find(genuine);
  // An algorithm that cannot be computed here tells nothing about who signed.
  if (signer === undefined) return context.pool.signedBy(crl, issuer) === 'unsupported' ? 'crl-algorithm-refused' : 'crl-signature-invalid';
  return judgeAlgorithm(crl.signed.scheme, signer.key, policy) === null ? null : 'crl-algorithm-refused';
}

/** Looks the certificate up in a base list and in the deltas that complete it (RFC 5280 §5.2.4). */
function decide(certificate: CertificateFacts, base: Crl, usable: readonly Crl[]): { crl: Crl; entry: RevokedEntry | null } {
  const completes = (delta: Crl): boolean =>
    delta.deltaBase !== null &&
    base.number !== null &&
    delta.number !== null &&
    delta.deltaBase <= base.number &&
    delta.number > base.number &&
    sameScope(delta.scope, base.scope);
  const delta = usable.filter(completes).sort((a, b) => Number((b.number ?? 0n) - (a.number ?? 0n)))[0];
  const change = delta?.entries.find(certificate.serial) ?? null;
  if (delta && change) return { crl: delta, entry: change.reason === REMOVE_FROM_CRL ? null : change };
  return { crl: base, entry: base.entries.find(certificate.serial) };
}
