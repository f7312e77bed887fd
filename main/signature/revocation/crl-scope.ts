import { directoryNameKey } from '../certificates/general-name.ts';
import { nameKey, type DistinguishedName } from '../certificates/distinguished-name.ts';
import { ALL_REASONS, type DistributionPoint, type DistributionPointName } from '../certificates/extensions.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { Crl, CrlScope } from './read-crl.ts';

/** Whether a list is issued by the issuer of a certificate, or by one that its distribution points name. */
export function mayConcern(crl: Crl, { issuer, distributionPoints }: CertificateFacts): boolean {
  return crl.issuer.key === issuer.key || (distributionPoints ?? []).some((point) => point.crlIssuers?.includes(crl.issuer.key));
}

/**
 * The reasons of revocation about which a list speaks for a certificate, as a bit mask (RFC 5280 §6.3.3 (b)–(d)); 0 when it does not
 * speak about it. Besides the distribution points of the certificate the one counts that every certificate has: lists of its issuer.
 */
export function reasonsCovered(crl: Crl, certificate: CertificateFacts): number {
  const { scope } = crl;
  const isCa = certificate.basicConstraints?.ca === true;
  if (scope?.onlyAttributeCertificates || (scope?.onlyUserCertificates && isCa) || (scope?.onlyCaCertificates && !isCa)) return 0;
  const own: DistributionPoint = { name: { full: [directoryNameKey(certificate.issuer.key)] }, reasons: ALL_REASONS, crlIssuers: null };
  return [...(certificate.distributionPoints ?? []), own]
    .filter((point) => serves(crl, point, certificate))
    .reduce((mask, { reasons }) => mask | (reasons & (scope?.reasons ?? ALL_REASONS)), 0);
}

function serves({ issuer, scope }: Crl, { name, crlIssuers }: DistributionPoint, certificate: CertificateFacts): boolean {
  const named = crlIssuers ? scope?.indirect === true && crlIssuers.includes(issuer.key) : issuer.key === certificate.issuer.key;
  if (!named || !scope?.name) return named;
  const wanted = new Set(name ? namesOf(name, issuer) : crlIssuers?.map(directoryNameKey));
  return namesOf(scope.name, issuer).some((key) => wanted.has(key));
}

/** @param issuer of the list, which relative names continue. */
function namesOf(name: DistributionPointName, issuer: DistinguishedName): readonly string[] {
  return 'full' in name ? name.full : [directoryNameKey(nameKey([...issuer.rdns, name.relative]))];
}

/** A delta completes only a base of exactly its scope (RFC 5280 §5.2.4). */
export function sameScope(a: CrlScope | null, b: CrlScope | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
