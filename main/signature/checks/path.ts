import { judgeAlgorithm, judgeKey } from '../algorithms/judge-algorithm.ts';
import { EXTENSION } from '../certificates/extensions.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { PathFacts } from '../facts/signature-facts.ts';
import type { Policy } from '../policy/policy.ts';
import type { RevocationStatus } from '../revocation/revocation-status.ts';
import { judgeNames } from '../trust/judge-names.ts';
import { NO_POLICY_WANTED, processPolicies, type PathFault, type PolicyInputs } from '../trust/process-policies.ts';
import { failed, judged, notRun, passed, type Finding } from './finding.ts';
import type { CheckId } from './registry.ts';

type Rules = {
  readonly policy: Policy;
  /** What certificate policies are wanted; none unless given. */
  readonly wanted?: PolicyInputs;
};

/** Critical extensions these checks process, or that say nothing about a path. */
const PROCESSED: ReadonlySet<string> = new Set([
  EXTENSION.basicConstraints,
  EXTENSION.keyUsage,
  EXTENSION.extendedKeyUsage,
  EXTENSION.subjectAltName,
  EXTENSION.issuerAltName,
  EXTENSION.subjectKeyIdentifier,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.crlDistributionPoints,
  EXTENSION.nameConstraints,
  EXTENSION.certificatePolicies,
  EXTENSION.policyMappings,
  EXTENSION.policyConstraints,
  EXTENSION.inhibitAnyPolicy,
]);

/** All findings on one path: the certificates from the one in question up to the anchor. */
export function checkPath(path: PathFacts, rules: Rules): Finding[] {
  return [
    passed('path.found'),
    ...checkLinks(path, rules),
    ...checkAuthorities(path),
    judgedPath('path.name-constraints', judgeNames(path.certificates)),
    judgedPath('path.policies', processPolicies(path.certificates, rules.wanted ?? NO_POLICY_WANTED)),
    ...checkValidity(path),
    ...checkRevocation(path, rules),
  ];
}

/** Whether a path other than the signer's own can be relied on: nothing in it fails. */
export function acceptablePath(path: PathFacts, rules: Rules): boolean {
  return checkPath(path, rules).every(({ outcome }) => outcome !== 'failed');
}

function judgedPath(id: CheckId, fault: PathFault | null): Finding {
  return judged(id, fault?.reason ?? null, fault?.certificate ?? null);
}

function checkLinks({ certificates, links, since }: PathFacts, { policy }: Rules): Finding[] {
  return links.flatMap((outcome, i) => {
    const [certificate, issuer] = certificates.slice(i, i + 2);
    if (certificate === undefined || issuer === undefined) return [];
    return [
      judged('path.signature', outcome === 'valid' ? null : 'algorithm-unsupported', certificate.sha256),
      judged(
        'path.algorithm',
        judgeAlgorithm(certificate.signed.scheme, issuer.key, policy, since) ?? judgeKey(certificate.key, policy, since),
        certificate.sha256,
      ),
    ];
  });
}

/** What a certificate must be to issue the one before it (RFC 5280 §6.1.4); the anchor is asked too, as far as it says anything. */
function checkAuthorities({ certificates }: PathFacts): Finding[] {
  const last = certificates.length - 1;
  return certificates.flatMap((certificate, i): Finding[] => {
    const own = [judged('path.critical-extensions', judgeExtensions(certificate, i === last && last > 0), certificate.sha256)];
    if (i === 0) return own;
    // Version 1 anchors say nothing about themselves; whoever installed them said it.
    const silent = i === last && certificate.extensions.size === 0;
    const { basicConstraints, keyUsage, sha256 } = certificate;
    const below = certificates.slice(1, i).filter((authority) => authority.subject.key !== authority.issuer.key).length;
    const tooLong = basicConstraints?.pathLength != null && below > basicConstraints.pathLength;
    return [
      ...own,
      judged('path.basic-constraints', silent || basicConstraints?.ca ? null : 'not-a-ca', sha256),
      judged('path.length', tooLong ? 'path-too-long' : null, sha256),
      judged('path.key-usage', keyUsage === null || keyUsage.has('keyCertSign') ? null : 'key-cert-sign-missing', sha256),
    ];
  });
}

/** What an anchor demands of others binds nobody unless it is processed here; whoever installed it knew it. */
function judgeExtensions({ extensions, malformedExtensions }: CertificateFacts, anchor: boolean): string | null {
  if (malformedExtensions.length > 0) return 'extension-malformed';
  const unknown = [...extensions].some(([oid, { critical }]) => critical && !PROCESSED.has(oid));
  return unknown && !anchor ? 'critical-extension-unknown' : null;
}

/** Validity at the time the path is judged at; only a proven time may be earlier than the check. */
function checkValidity({ certificates, since }: PathFacts): Finding[] {
  const last = certificates.length - 1;
  return certificates.map((certificate, i) => {
    const id: CheckId = i === 0 ? 'certificate.validity' : i === last ? 'path.anchor-validity' : 'path.validity';
    return judged(id, outsideValidity(certificate, since), certificate.sha256);
  });
}

function outsideValidity({ validity }: CertificateFacts, at: number): string | null {
  if (at < Date.parse(validity.from)) return 'not-yet-valid';
  return at > Date.parse(validity.to) ? 'expired' : null;
}

function checkRevocation({ certificates, revocation }: PathFacts, rules: Rules): Finding[] {
  return revocation.flatMap((status, i) => judgeStatus(status, certificates[i]?.sha256 ?? null, rules));
}

function judgeStatus({ status, reason }: RevocationStatus, certificate: string | null, { policy }: Rules): Finding[] {
  switch (status) {
    case 'good':
      return [
        passed('revocation.known', certificate),
        passed('revocation.not-revoked', certificate),
        passed('revocation.not-suspended', certificate),
      ];
    case 'revoked':
      return [passed('revocation.known', certificate), failed('revocation.not-revoked', reason ?? 'unspecified', certificate)];
    case 'revoked-later': {
      const harmless = policy.parameters.harmlessRevocationReasons.includes(reason ?? 'unspecified');
      return [
        passed('revocation.known', certificate),
        harmless
          ? passed('revocation.not-revoked', certificate)
          : failed('revocation.not-revoked', `later-${reason ?? 'unspecified'}`, certificate),
        harmless
          ? failed('revocation.not-revoked-since', reason ?? 'unspecified', certificate)
          : notRun('revocation.not-revoked-since', 'revoked', certificate),
      ];
    }
    case 'suspended':
      return [
        passed('revocation.known', certificate),
        passed('revocation.not-revoked', certificate),
        failed('revocation.not-suspended', 'certificate-hold', certificate),
      ];
    case 'unknown':
      return [
        failed('revocation.known', reason ?? 'revocation-unavailable', certificate),
        notRun('revocation.not-revoked', 'revocation-unknown', certificate),
      ];
  }
}

/** The first path nothing speaks against, otherwise the one with the fewest failures. */
export function choosePath(
  paths: readonly PathFacts[],
  policy: Policy,
  wanted?: PolicyInputs,
): { facts: PathFacts | null; findings: readonly Finding[] } {
  let best: { facts: PathFacts; findings: readonly Finding[]; failures: number } | null = null;
  for (const facts of paths) {
    const findings = checkPath(facts, { policy, ...(wanted ? { wanted } : {}) });
    const failures = findings.filter(({ id, outcome }) => outcome === 'failed' && policy.checks[id] === 'fail').length;
    if (best === null || failures < best.failures) best = { facts, findings, failures };
    if (failures === 0) break;
  }
  return best ?? { facts: null, findings: [failed('path.found', 'no-path-to-anchor')] };
}
