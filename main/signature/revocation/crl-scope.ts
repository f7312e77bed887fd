import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { CrlScope } from './read-crl.ts';

/** Whether a list with this issuing distribution point speaks about a certificate (RFC 5280 §6.3.3 (b)(2)). */
export function coversCertificate(scope: CrlScope | null, certificate: CertificateFacts): boolean {
  if (scope === null) return true;
  const isCa = certificate.basicConstraints?.ca === true;
  if (scope.onlyAttributeCertificates || (scope.onlyUserCertificates && isCa) || (scope.onlyCaCertificates && !isCa)) return false;
  if (scope.name === null) return true;
  const names = new Set(scope.name);
  return (certificate.distributionPoints ?? []).some((point) => !point.otherIssuer && point.name?.some((name) => names.has(name)));
}

/** A delta completes only a base of exactly its scope (RFC 5280 §5.2.4). */
export function sameScope(a: CrlScope | null, b: CrlScope | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
