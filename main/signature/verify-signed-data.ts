import { verdictOf, type SignatureReport } from '../../shared/domain/verdict.ts';
import { failed, type Finding } from './checks/finding.ts';
import { conclude } from './conclude.ts';
import { contentFromBytes, rememberDigests, type ContentSource } from './content-source.ts';
import { createPathGatherer } from './facts/gather-path.ts';
import { gatherSignature, type SignedContent } from './facts/gather-signature.ts';
import { readCertificate } from './certificates/read-certificate.ts';
import type { SignedData } from './formats/read-signed-data.ts';
import { instantOf } from './instant.ts';
import type { Policy } from './policy/policy.ts';
import { readCrl } from './revocation/read-crl.ts';
import { reportSignature } from './signature-report.ts';
import { createPool } from './trust/certificate-pool.ts';
import { readEach, type PreparedTrust } from './trust/trust-material.ts';

export type VerificationFrame = {
  readonly trust: PreparedTrust;
  readonly policy: Policy;
  /** ms */
  readonly at: number;
};

export type Container = {
  readonly covers: 'whole' | 'partial';
  readonly findings: readonly Finding[];
  /** A signing time the container states; ms. */
  readonly time: number | null;
  /** A document timestamp covers the signature. */
  readonly timestamped: boolean;
};

/** A message on its own. */
export const NO_CONTAINER: Container = { covers: 'whole', findings: [], time: null, timestamped: false };

/** CRLs carried by one message are read up to this number. */
const MAX_EMBEDDED_CRLS = 32;

/** Reports on every signer of a message; ids are S1, S2, … continued after `before`. */
export async function verifySignedData(
  message: SignedData,
  content: ContentSource | null,
  container: Container,
  frame: VerificationFrame,
  before: number,
): Promise<SignatureReport[]> {
  const pool = createPool(frame.trust, readEach(message.certificates, readCertificate));
  const crls = [...frame.trust.crls, ...readEach(message.crls.slice(0, MAX_EMBEDDED_CRLS), readCrl)];
  const pathsOf = createPathGatherer({ pool, crls, policy: frame.policy, at: frame.at });
  const signed = await chooseContent(message, content);
  const reports: SignatureReport[] = [];
  for (const signer of message.signers) {
    const facts = await gatherSignature(message, signer, signed, pool, pathsOf);
    reports.push(
      reportSignature(
        { ...facts, timestamped: facts.timestamped || container.timestamped },
        {
          id: `S${before + reports.length + 1}`,
          policy: frame.policy,
          at: frame.at,
          covers: container.covers,
          container: container.findings,
          containerTime: container.time,
        },
      ),
    );
  }
  return reports;
}

async function chooseContent(message: SignedData, handed: ContentSource | null): Promise<SignedContent> {
  if (message.content === null) return { source: handed && rememberDigests(handed), conflict: false };
  const source = rememberDigests(contentFromBytes(message.content));
  if (handed === null) return { source, conflict: false };
  const [inside, beside] = [await source.digest('SHA-256'), await handed.digest('SHA-256')];
  return { source, conflict: Buffer.compare(inside, beside) !== 0 };
}

/**
 * The report on a signature whose message could not be read or is not of a kind that is read here.
 * @param reason null when the container's findings already say why.
 */
export function reportUnreadable(
  id: string,
  reason: string | null,
  frame: VerificationFrame,
  container: Container = NO_CONTAINER,
): SignatureReport {
  const findings = [...container.findings, ...(reason === null ? [] : [failed('format.structure', reason)])];
  const { indication, subIndication, checks, warnings } = conclude(findings, frame.policy, ['format.structure']);
  return {
    id,
    verdict: verdictOf(indication),
    indication,
    subIndication,
    signer: null,
    algorithm: null,
    level: 'B',
    claimedTime: null,
    bestTime: instantOf(frame.at),
    timeSource: 'none',
    covers: container.covers,
    warnings,
    checks,
    certificateSha256: null,
    certificateValidity: null,
    revocation: null,
  };
}
