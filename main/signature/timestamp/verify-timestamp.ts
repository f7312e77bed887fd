import { verdictOf, type TimestampReport } from '../../../shared/domain/verdict.ts';
import { sameBytes } from '../../asn1/index.ts';
import { judgeHash } from '../algorithms/judge-algorithm.ts';
import { EXTENSION } from '../certificates/extensions.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import { checkAlgorithms, checkCryptography, checkIdentification } from '../checks/cryptography.ts';
import { failed, judged, type Finding } from '../checks/finding.ts';
import { checkFormat } from '../checks/format.ts';
import { choosePath } from '../checks/path.ts';
import type { CheckId } from '../checks/registry.ts';
import { conclude } from '../conclude.ts';
import type { ComputingBudget } from '../computing-budget.ts';
import { contentFromBytes } from '../content-source.ts';
import type { Ledger } from '../evidence/ledger.ts';
import type { PathGatherer } from '../facts/gather-path.ts';
import { gatherSignature } from '../facts/gather-signature.ts';
import { instantOf } from '../instant.ts';
import { isListed, type Policy } from '../policy/policy.ts';
import type { CertificatePool } from '../trust/certificate-pool.ts';
import { readTimestampToken } from './read-timestamp-token.ts';

export type TimestampFrame = {
  readonly policy: Policy;
  readonly pool: CertificatePool;
  readonly pathsOf: PathGatherer;
  readonly ledger: Ledger;
  readonly computing: ComputingBudget;
  /** The time of the check; ms. */
  readonly at: number;
  /** When the token was proven to exist: the time of a later trusted timestamp over it, otherwise the time of the check; ms. */
  readonly since: number;
};

export type VerifiedTimestamp = {
  readonly report: TimestampReport;
  /** Genuine and over these bytes, whoever made it. */
  readonly intact: boolean;
  /** A document timestamp over validation data too. */
  readonly coversValidationData: boolean;
  /** ms; null unless the token proves it. */
  readonly proven: number | null;
};

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const PROOFS: readonly CheckId[] = [
  'format.structure',
  'identification.certificate',
  'cryptography.content',
  'cryptography.value',
  'timestamp.imprint',
  'timestamp.purpose',
  'path.found',
  'certificate.validity',
];

/**
 * Verifies one timestamp token (EN 319 102-1 §5.4): the same checks a signature goes through, and that it is over these very bytes, made
 * with a key for timestamps alone.
 * @param digestOf digest of what the token must be over, by the name of the hash; null when it is not computed here.
 */
export async function verifyTimestamp(
  token: Uint8Array,
  kind: TimestampReport['kind'],
  digestOf: (hash: string) => Promise<Uint8Array | null>,
  frame: TimestampFrame,
  container: readonly Finding[] = [],
): Promise<VerifiedTimestamp> {
  const read = readTimestampToken(token);
  const [signer, ...others] = read?.message.signers ?? [];
  if (read === null || signer === undefined || others.length > 0) return unreadable(kind, frame.policy, container);
  const { policy, since, ledger } = frame;
  const content = read.message.content;
  const facts = await gatherSignature(
    read.message,
    signer,
    { source: content && contentFromBytes(content), conflict: false },
    frame,
    (certificate) => frame.pathsOf(certificate, since),
  );
  ledger.walked(facts.paths);
  const path = choosePath(facts.paths, policy);
  if (facts.certificate) ledger.lacks(path.facts, facts.certificate);
  const digest = await digestOf(read.imprint.hash);
  const findings = [
    ...container,
    ...checkFormat(facts),
    ...checkIdentification(facts),
    // RFC 3161 §2.4.2: the token must name the certificate of its maker.
    ...(facts.certificate && facts.reference === null ? [failed('identification.reference', 'signing-certificate-missing')] : []),
    ...checkCryptography(facts),
    ...checkAlgorithms(facts, policy, since),
    digest === null
      ? failed('cryptography.algorithms', 'algorithm-unsupported')
      : judged('timestamp.imprint', sameBytes(digest, read.imprint.digest) ? null : 'imprint-differs'),
    judged('acceptance.algorithm', judgeHash(read.imprint.hash, policy, since)),
    ...(facts.certificate ? [checkPurpose(facts.certificate, read.time), ...path.findings] : []),
    judged('timestamp.policy', isListed(read.policy, policy.parameters.timestampPolicies) ? null : 'timestamp-policy-unknown'),
    ...(read.time > frame.at + policy.parameters.clockSkewSeconds * 1000 ? [failed('time.order', 'timestamp-in-the-future')] : []),
  ];
  const { indication, subIndication, checks } = conclude(findings, policy, PROOFS);
  const holds = (id: CheckId): boolean => findings.some((finding) => finding.id === id && finding.outcome === 'passed');
  return {
    coversValidationData: false,
    intact:
      holds('cryptography.value') &&
      holds('cryptography.digest') &&
      holds('timestamp.imprint') &&
      container.every(({ outcome }) => outcome !== 'failed'),
    proven: indication === 'TOTAL-PASSED' ? read.time : null,
    report: {
      kind,
      verdict: verdictOf(indication),
      indication,
      subIndication,
      time: instantOf(read.time),
      policy: read.policy,
      authority: facts.certificate && {
        commonName: facts.certificate.commonName,
        issuer: facts.certificate.issuer.text,
        serial: facts.certificate.serial,
      },
      checks,
    },
  };
}

/** RFC 3161 §2.3: critical, and nothing else beside it; and the time it states lies within its own life. */
function checkPurpose(certificate: CertificateFacts, time: number): Finding {
  const { extendedKeyUsage, extensions, validity, sha256 } = certificate;
  const alone = extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === TIME_STAMPING;
  const critical = extensions.get(EXTENSION.extendedKeyUsage)?.critical === true;
  const alive = time >= Date.parse(validity.from) && time <= Date.parse(validity.to);
  return judged('timestamp.purpose', !alone || !critical ? 'purpose-not-allowed' : alive ? null : 'time-outside-validity', sha256);
}

function unreadable(kind: TimestampReport['kind'], policy: Policy, container: readonly Finding[]): VerifiedTimestamp {
  const { indication, subIndication, checks } = conclude([...container, failed('format.structure', 'timestamp-malformed')], policy, PROOFS);
  const report = { kind, verdict: verdictOf(indication), indication, subIndication, time: null, policy: null, authority: null, checks };
  return { coversValidationData: false, intact: false, proven: null, report };
}
