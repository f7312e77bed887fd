import { verdictOf, type CertificateSummary, type SignatureReport, type SignerIdentity } from '../../shared/domain/verdict.ts';
import { algorithmName } from './algorithms/signature-scheme.ts';
import type { CertificateFacts } from './certificates/read-certificate.ts';
import { checkAcceptance, checkUsage } from './checks/acceptance.ts';
import { checkAlgorithms, checkCryptography, checkIdentification } from './checks/cryptography.ts';
import type { Finding } from './checks/finding.ts';
import { checkFormat } from './checks/format.ts';
import { choosePath } from './checks/path.ts';
import type { CheckId } from './checks/registry.ts';
import { checkTime } from './checks/time.ts';
import { conclude } from './conclude.ts';
import type { Ledger } from './evidence/ledger.ts';
import type { SignatureFacts } from './facts/signature-facts.ts';
import { instantOf } from './instant.ts';
import type { Policy } from './policy/policy.ts';
import type { ProvenTime } from './timestamp/prove-time.ts';
import type { Workbench } from './workbench.ts';

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
  readonly ledger: Ledger;
  readonly time: ProvenTime;
  /** Revocation data the file itself carries. */
  readonly embedded: Workbench['embedded'];
  readonly covers: 'whole' | 'partial';
  /** What is covered, where the format can name it. */
  readonly coverage?: readonly string[];
  /** Findings of the container around the signature. */
  readonly container: readonly Finding[];
  /** A signing time the container states when the signature itself states none; ms. */
  readonly containerTime: number | null;
};

/** The verdict on one signature: facts → checks → policy → report. */
export function reportSignature(facts: SignatureFacts, frame: ReportFrame): SignatureReport {
  const { policy, at } = frame;
  const { certificate, attributes } = facts;
  const { time } = frame;
  frame.ledger.walked(facts.paths);
  const path = choosePath(facts.paths, policy);
  if (certificate) frame.ledger.lacks(path.facts, certificate);
  const findings = [
    ...frame.container,
    ...checkFormat(facts),
    ...checkIdentification(facts),
    ...checkCryptography(facts),
    ...checkAlgorithms(facts, policy, time.proven ?? at),
    ...(certificate ? [...checkUsage(certificate, policy), ...path.findings] : []),
    ...checkAcceptance(facts, policy, time.proven ?? at),
    ...checkTime(time, certificate),
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
    policyVersion: policy.version,
    level: levelOf(time, certificate, frame.embedded),
    claimedTime: claimed === null ? null : instantOf(claimed),
    bestTime: instantOf(time.proven ?? at),
    timeSource: time.source === 'timestamp' ? 'timestamp' : claimed === null ? 'none' : 'claimed',
    boundedByReceipt: time.source === 'receipt',
    timestamps: [...time.timestamps, ...time.covering].map(({ report }) => report),
    covers: frame.covers,
    ...(frame.coverage ? { coverage: frame.coverage } : {}),
    warnings: [...new Set([...warnings, ...(certificate?.warnings ?? [])])],
    checks,
    certificateSha256: certificate?.sha256 ?? null,
    certificateValidity: certificate?.validity ?? null,
    ...(path.facts ? { chain: path.facts.certificates.map(summaryOf) } : {}),
    revocation: evidence && {
      kind: evidence.kind,
      thisUpdate: instantOf(evidence.thisUpdate),
      nextUpdate: evidence.nextUpdate === null ? null : instantOf(evidence.nextUpdate),
    },
  };
}

/**
 * The level by what is there (EN 319 122-1, EN 319 142-1 §6): T has an intact timestamp, LT also revocation data that name its signer or
 * the issuer, LTA a document timestamp over those. Whether any of it is trusted is said elsewhere.
 */
function levelOf(
  { timestamps, covering }: ProvenTime,
  certificate: CertificateFacts | null,
  { crls, ocsp }: Workbench['embedded'],
): SignatureReport['level'] {
  if (![...timestamps, ...covering].some(({ intact }) => intact)) return 'B';
  const about =
    certificate !== null &&
    (crls.some(({ issuer }) => issuer.key === certificate.issuer.key) ||
      ocsp.some(({ answers }) => answers.some(({ id }) => id.serial === certificate.serial)));
  if (!about) return 'T';
  return covering.some(({ intact, coversValidationData }) => intact && coversValidationData) ? 'LTA' : 'LT';
}

function summaryOf({ subject, issuer, serial, sha256, validity }: CertificateFacts): CertificateSummary {
  return { subject: subject.text, issuer: issuer.text, serial, sha256, from: validity.from, to: validity.to };
}

export function identityOf(certificate: CertificateFacts): SignerIdentity {
  const { commonName, iin, bin, organisation, roles, issuer, serial } = certificate;
  return { commonName, iin, bin, organisation, roles, issuer: issuer.text, serial };
}
