import { judgeAlgorithm } from '../algorithms/judge-algorithm.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { RevokedEntry } from './crl-entries.ts';
import { coversCertificate, sameScope } from './crl-scope.ts';
import type { Crl } from './read-crl.ts';
import { judgeFreshness, REVOCATION_REASONS, type EvidenceVerdict, type RevocationContext } from './revocation-status.ts';

const REMOVE_FROM_CRL = 8;

type UnusableReason =
  | 'crl-signature-invalid'
  | 'crl-stale'
  | 'crl-not-yet-valid'
  | 'crl-critical-extension'
  | 'crl-algorithm-refused'
  | 'crl-indirect-unsupported'
  | 'crl-some-reasons-only'
  | 'crl-delta-without-base'
  | 'crl-other-scope'
  | 'evidence-after-expiry';

/**
 * What the CRLs at hand say about one certificate (RFC 5280 §6.3; EN 319 102-1 §5.2.5): among the genuine, fresh lists that speak about it
 * the latest decides, completed by deltas that fit it.
 */
export function judgeCrls(certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): EvidenceVerdict {
  const unusable = new Set<UnusableReason>();
  const usable = context.crls.filter((crl) => {
    if (crl.issuer.key !== certificate.issuer.key) return false;
    context.consulted(crl);
    const reason = whyUnusable(crl, certificate, issuer, context);
    if (reason !== null) unusable.add(reason);
    return reason === null;
  });
  const bases = usable.filter((crl) => crl.deltaBase === null);
  if (bases.length === 0 && usable.length > 0) unusable.add('crl-delta-without-base');
  const latest = Math.max(...bases.map((crl) => crl.thisUpdate));
  const decisive = bases.filter((crl) => crl.thisUpdate === latest).map((base) => decide(certificate, base, usable));
  const worst = decisive.find(({ entry }) => entry !== null) ?? decisive[0];
  if (worst === undefined) return { answers: [], unusable: [...unusable] };
  const { entry, crl } = worst;
  if (entry === null && crl.scope?.onlySomeReasons) return { answers: [], unusable: ['crl-some-reasons-only'] };
  // A list may leave out certificates that have expired, so its silence about one means nothing.
  if (entry === null && crl.thisUpdate > Date.parse(certificate.validity.to)) return { answers: [], unusable: ['evidence-after-expiry'] };
  const source = { kind: 'crl' as const, thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate };
  const reason = REVOCATION_REASONS[entry?.reason ?? 0] ?? 'unspecified';
  return { answers: [{ source, revocation: entry && { revokedAt: entry.revokedAt, reason } }], unusable: [] };
}

function whyUnusable(crl: Crl, certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): UnusableReason | null {
  const { policy, at } = context;
  if (crl.unknownCritical) return 'crl-critical-extension';
  if (crl.scope?.indirect) return 'crl-indirect-unsupported';
  if (!coversCertificate(crl.scope, certificate)) return 'crl-other-scope';
  const faded = judgeFreshness(crl, context);
  if (faded !== null) return `crl-${faded}`;
  const direct = issuer.keyUsage === null || issuer.keyUsage.has('cRLSign') ? [issuer] : [];
  const genuine = (signer: CertificateFacts) => context.pool.signedBy(crl, signer) === 'valid';
  const signer = direct.find(genuine) ?? context.authorisedSigners(crl, issuer).find(genuine);
  // An algorithm that cannot be computed here tells nothing about who signed.
  if (signer === undefined) return context.pool.signedBy(crl, issuer) === 'unsupported' ? 'crl-algorithm-refused' : 'crl-signature-invalid';
  return judgeAlgorithm(crl.signed.scheme, signer.key, policy, at) === null ? null : 'crl-algorithm-refused';
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
