import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { SignatureFacts } from '../facts/signature-facts.ts';
import { isListed, type Policy } from '../policy/policy.ts';
import { failed, judged, notRun, type Finding } from './finding.ts';

/** Whether a certificate may be used to sign documents (EN 319 102-1 §5.2.6.4, Kazakh profile: nonRepudiation and the EKU of a signing key). */
export function checkUsage({ keyUsage, extendedKeyUsage, sha256 }: CertificateFacts, { parameters }: Policy): Finding[] {
  const missing = parameters.signerKeyUsage.some((usage) => !keyUsage?.has(usage));
  const purposes = extendedKeyUsage ?? [];
  return [
    judged('certificate.key-usage', missing ? 'non-repudiation-missing' : null, sha256),
    judged(
      'certificate.extended-key-usage',
      purposes.some((oid) => isListed(oid, parameters.signerExtendedKeyUsage)) ? null : 'purpose-not-allowed',
      sha256,
    ),
  ];
}

/**
 * Signature acceptance (EN 319 102-1 §5.2.8): attributes the policy wants, and a claimed time that could be true.
 * @param proven the proven time, otherwise the time of the check; ms.
 */
export function checkAcceptance({ attributes, certificate }: SignatureFacts, policy: Policy, proven: number): Finding[] {
  const versions = attributes?.references.map((reference) => reference.version) ?? [];
  const accepted = versions.some((version) => policy.parameters.signingCertificateVersions.includes(version));
  return [
    judged(
      'acceptance.signing-certificate',
      accepted ? null : versions.length > 0 ? 'signing-certificate-version' : 'signing-certificate-missing',
    ),
    checkSigningTime(attributes?.signingTime ?? null, certificate, proven + policy.parameters.clockSkewSeconds * 1000),
  ];
}

function checkSigningTime(claimed: number | null, certificate: CertificateFacts | null, latest: number): Finding {
  if (claimed === null) return notRun('acceptance.signing-time', 'no-attribute');
  if (claimed > latest) return failed('acceptance.signing-time', 'claimed-after-proven');
  const outside =
    certificate !== null && (claimed < Date.parse(certificate.validity.from) || claimed > Date.parse(certificate.validity.to));
  return judged('acceptance.signing-time', outside ? 'claimed-outside-validity' : null);
}
