import { verdictOf, type SignatureReport, type SignerIdentity } from '../../shared/domain/verdict.ts';
import { algorithmName } from './algorithms/signature-scheme.ts';
import type { CertificateFacts } from './certificates/read-certificate.ts';
import { checkAcceptance, checkUsage } from './checks/acceptance.ts';
import { checkAlgorithms, checkCryptography, checkIdentification } from './checks/cryptography.ts';
import { failed, type Finding } from './checks/finding.ts';
import { checkFormat } from './checks/format.ts';
import { checkPath } from './checks/path.ts';
import type { CheckId } from './checks/registry.ts';
import { conclude } from './conclude.ts';
import type { PathFacts, SignatureFacts } from './facts/signature-facts.ts';
import { instantOf } from './instant.ts';
import type { Policy } from './policy/policy.ts';

/** What must have been proven before a signature is called valid, whatever a policy says. */
const PROOFS: readonly CheckId[] = [
  'format.structure',
  'identification.certificate',
  'cryptography.content',
  'cryptography.value',
  'path.found',
  'certificate.validity',
];

export type ReportFrame = {
  readonly id: string;
  readonly policy: Policy;
  /** ms */
  readonly at: number;
  readonly covers: 'whole' | 'partial';
  /** Findings of the container around the signature. */
  readonly container: readonly Finding[];
  /** A signing time the container states when the signature itself states none; ms. */
  readonly containerTime: number | null;
};

/** The verdict on one signature: facts → checks → policy → report. */
export function reportSignature(facts: SignatureFacts, frame: ReportFrame): SignatureReport {
  const { policy, at } = frame;
  const { certificate, attributes } = facts;
  const path = choosePath(facts.paths, policy, at);
  const findings = [
    ...frame.container,
    ...checkFormat(facts),
    ...checkIdentification(facts),
    ...checkCryptography(facts),
    ...checkAlgorithms(facts, policy),
    ...(certificate ? [...checkUsage(certificate, policy), ...path.findings] : []),
    ...checkAcceptance(facts, policy, at),
  ];
  const { indication, subIndication, checks, warnings } = conclude(findings, policy, PROOFS);
  const claimed = attributes?.signingTime ?? frame.containerTime;
  const evidence = path.facts?.revocation[0]?.evidence ?? null;
  return {
    id: frame.id,
    verdict: verdictOf(indication),
    indication,
    subIndication,
    signer: certificate && identityOf(certificate),
    algorithm: algorithmName(facts.scheme, certificate?.key ?? null),
    level: 'B',
    claimedTime: claimed === null ? null : instantOf(claimed),
    bestTime: instantOf(at),
    timeSource: claimed === null ? 'none' : 'claimed',
    covers: frame.covers,
    warnings: [...new Set([...warnings, ...(certificate?.warnings ?? [])])],
    checks,
    certificateSha256: certificate?.sha256 ?? null,
    certificateValidity: certificate?.validity ?? null,
    revocation: evidence && {
      kind: evidence.kind,
      thisUpdate: instantOf(evidence.thisUpdate),
      nextUpdate: evidence.nextUpdate === null ? null : instantOf(evidence.nextUpdate),
    },
  };
}

/** The first path nothing speaks against, otherwise the one with the fewest failures. */
export function choosePath(
  paths: readonly PathFacts[],
  policy: Policy,
  at: number,
): { facts: PathFacts | null; findings: readonly Finding[] } {
  let best: { facts: PathFacts; findings: readonly Finding[]; failures: number } | null = null;
  for (const facts of paths) {
    const findings = checkPath(facts, { policy, at });
    const failures = findings.filter(({ id, outcome }) => outcome === 'failed' && policy.checks[id] === 'fail').length;
    if (best === null || failures < best.failures) best = { facts, findings, failures };
    if (failures === 0) break;
  }
  return best ?? { facts: null, findings: [failed('path.found', 'no-path-to-anchor')] };
}

export function identityOf(certificate: CertificateFacts): SignerIdentity {
  const { commonName, iin, bin, organisation, roles, issuer, serial } = certificate;
  return { commonName, iin, bin, organisation, roles, issuer: issuer.text, serial };
}
