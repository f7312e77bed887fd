import { judgeAlgorithm } from '../algorithms/judge-algorithm.ts';
import { ALL_REASONS } from '../certificates/extensions.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { RevokedEntry } from './crl-entries.ts';
import { mayConcern, reasonsCovered, sameScope } from './crl-scope.ts';
import type { Crl } from './read-crl.ts';
import { judgeFreshness, REVOCATION_REASONS, type EvidenceVerdict, type RevocationContext } from './revocation-status.ts';

const CERTIFICATE_HOLD = 6;
const REMOVE_FROM_CRL = 8;

type UnusableReason =
  | 'crl-signature-invalid'
  | 'crl-stale'
  | 'crl-not-yet-valid'
  | 'crl-critical-extension'
  | 'crl-algorithm-refused'
  | 'crl-some-reasons-only'
  | 'crl-delta-without-base'
  | 'crl-other-scope'
  | 'evidence-after-expiry';

/** What one list says about the certificate, completed by the delta that fits it. */
type Statement = { readonly crl: Crl; readonly reasons: number; readonly entry: RevokedEntry | null };

/**
 * What the CRLs at hand say about one certificate (RFC 5280 §6.3; EN 319 102-1 §5.2.5). Genuine, fresh lists that speak about it are asked,
 * the latest first, until together they speak of every reason: so a hold counts as the latest list has it. What is no hold is final,
 * whichever of them says it.
 */
export function judgeCrls(certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): EvidenceVerdict {
  const unusable = new Set<UnusableReason>();
  const usable = context.crls.filter((crl) => {
    if (!mayConcern(crl, certificate)) return false;
    context.consulted(crl);
    const reason = whyUnusable(crl, certificate, issuer, context);
    if (reason !== null) unusable.add(reason);
    return reason === null;
  });
  const statements = usable
    .filter((crl) => crl.deltaBase === null)
    .map((base) => hear(certificate, base, usable))
    .sort((a, b) => b.crl.thisUpdate - a.crl.thisUpdate || Number(a.entry === null) - Number(b.entry === null));
  if (statements.length === 0 && usable.length > 0) unusable.add('crl-delta-without-base');

  const final = statements.find(({ entry }) => entry !== null && entry.reason !== CERTIFICATE_HOLD);
  if (final) return answer(final);
  let open = ALL_REASONS;
  for (const statement of statements) {
    if ((statement.reasons & open) === 0) continue;
    if (statement.entry !== null) return answer(statement);
    if (isSilent(statement.crl, certificate)) unusable.add('evidence-after-expiry');
    else open &= ~statement.reasons;
    if (open === 0) return answer(statement);
  }
  if (open !== ALL_REASONS) unusable.add('crl-some-reasons-only');
  return { answers: [], unusable: [...unusable] };
}

/** A list may leave out certificates that have expired, so its silence about one means nothing unless it says how long it keeps them. */
function isSilent({ thisUpdate, keepsExpiredSince }: Crl, { validity }: CertificateFacts): boolean {
  const expiry = Date.parse(validity.to);
  return thisUpdate > expiry && (keepsExpiredSince === null || keepsExpiredSince > expiry);
}

function answer({ crl, entry }: Statement): EvidenceVerdict {
  const source = { kind: 'crl' as const, thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate };
  const reason = REVOCATION_REASONS[entry?.reason ?? 0] ?? 'unspecified';
  return { answers: [{ source, revocation: entry && { revokedAt: entry.revokedAt, reason } }], unusable: [] };
}

function whyUnusable(crl: Crl, certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): UnusableReason | null {
  const { policy, at } = context;
  if (crl.unknownCritical) return 'crl-critical-extension';
  if (reasonsCovered(crl, certificate) === 0) return 'crl-other-scope';
  const faded = judgeFreshness(crl, context);
  if (faded !== null) return `crl-${faded}`;
  const own = crl.issuer.key === issuer.subject.key;
  const direct = [
    ...(own && (issuer.keyUsage === null || issuer.keyUsage.has('cRLSign')) ? [issuer] : []),
    ...(answersForItself(certificate, crl) ? [certificate] : []),
  ];
  const genuine = (signer: CertificateFacts) => context.pool.signedBy(crl, signer) === 'valid';
  const signer = direct.find(genuine) ?? context.authorisedSigners(crl, issuer).find(genuine);
  if (signer !== undefined) return judgeAlgorithm(crl.signed.scheme, signer.key, policy, at) === null ? null : 'crl-algorithm-refused';
  // An algorithm that cannot be computed here tells nothing about who signed.
  const named = own ? issuer : context.pool.bySubject(crl.issuer.key)[0];
  if (named) context.consulted(named);
  return named && context.pool.signedBy(crl, named) === 'unsupported' ? 'crl-algorithm-refused' : 'crl-signature-invalid';
}

/** The issuer of a list whose own certificate says that this very list tells of it: its path is the one being judged. */
function answersForItself({ subject, keyUsage, distributionPoints }: CertificateFacts, crl: Crl): boolean {
  const delegated = (distributionPoints ?? []).some(({ crlIssuers }) => crlIssuers?.includes(subject.key));
  return crl.issuer.key === subject.key && delegated && keyUsage?.has('cRLSign') === true;
}

/** Looks the certificate up in a base list and in the delta that completes it: the latest one whose base is not later (RFC 5280 §5.2.4). */
function hear(certificate: CertificateFacts, base: Crl, usable: readonly Crl[]): Statement {
  const reasons = reasonsCovered(base, certificate);
  const completes = (delta: Crl): boolean =>
    delta.deltaBase !== null &&
    base.number !== null &&
    delta.number !== null &&
    delta.deltaBase <= base.number &&
    delta.number > base.number &&
    delta.issuer.key === base.issuer.key &&
    (delta.authorityKeyIdentifier ?? base.authorityKeyIdentifier) === (base.authorityKeyIdentifier ?? delta.authorityKeyIdentifier) &&
    sameScope(delta.scope, base.scope);
  const delta = usable
    .filter(completes)
    .reduce<Crl | null>((best, next) => ((next.number ?? 0n) > (best?.number ?? -1n) ? next : best), null);
  const change = delta?.entries.find(certificate.serial, certificate.issuer.key) ?? null;
  if (delta && change) return { crl: delta, reasons, entry: change.reason === REMOVE_FROM_CRL ? null : change };
  return { crl: base, reasons, entry: base.entries.find(certificate.serial, certificate.issuer.key) };
}
