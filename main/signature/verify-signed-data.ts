import type { SignatureReport } from '../../shared/domain/verdict.ts';
import type { Finding } from './checks/finding.ts';
import { contentFromBytes, limitWork, rememberDigests, type ContentSource } from './content-source.ts';
import { createWorkbench, type Workbench } from './workbench.ts';
import { readEmbeddedEvidence, NO_MATERIAL, type EvidenceMaterial } from './evidence/embedded-evidence.ts';
import type { ComputingBudget } from './computing-budget.ts';
import type { Ledger } from './evidence/ledger.ts';
import { gatherSignature, type SignedContent } from './facts/gather-signature.ts';
import type { SignedData, SignerInfo } from './formats/read-signed-data.ts';
import { SIGNATURE_TIMESTAMP } from './formats/read-signed-attributes.ts';
import { encodingOf } from '../asn1/index.ts';
import { digestOf } from './algorithms/hash.ts';
import { policyAt, type Policy } from './policy/policy.ts';
import { reportSignature } from './signature-report.ts';
import { proveTime } from './timestamp/prove-time.ts';
import { verifyTimestamp, type VerifiedTimestamp } from './timestamp/verify-timestamp.ts';
import type { PreparedTrust } from './trust/trust-material.ts';

export type VerificationFrame = {
  readonly trust: PreparedTrust;
  readonly policy: Policy;
  /** ms */
  readonly at: number;
  /** When the registry had received the file, as it states; ms. */
  readonly receivedAt: number | null;
  readonly ledger: Ledger;
  readonly computing: ComputingBudget;
};

/** What stands around a signature and speaks about it. */
export type Container = {
  readonly covers: 'whole' | 'partial';
  readonly findings: readonly Finding[];
  /** A signing time the container states; ms. */
  readonly time: number | null;
  /** Validation data kept beside the signature. */
  readonly material: EvidenceMaterial;
  /** When a piece of that material was proven to exist, where a timestamp covers it; ms. */
  readonly provenAt: ReadonlyMap<Uint8Array, number>;
  /** Document timestamps that cover the signature, in order of time. */
  readonly timestamps: readonly VerifiedTimestamp[];
};

/** A message on its own. */
export const NO_CONTAINER: Container = {
  covers: 'whole',
  findings: [],
  time: null,
  material: NO_MATERIAL,
  provenAt: new Map(),
  timestamps: [],
};

/** Timestamps of one signer that are looked at. */
const MAX_TIMESTAMPS = 8;

/** Reports on every signer of a message; ids are S1, S2, … continued after `before`. */
export async function verifySignedData(
  message: SignedData,
  content: ContentSource | null,
  container: Container,
  frame: VerificationFrame,
  before: number,
): Promise<SignatureReport[]> {
  const tokens = message.signers.map(timestampsOf);
  const material = [readEmbeddedEvidence(message), container.material];
  const workbench = createWorkbench(frame, material, container.provenAt, tokens.flat());
  const signed = await chooseContent(message, content, frame.computing);
  const reports: SignatureReport[] = [];
  for (const [i, signer] of message.signers.entries()) {
    const timestamps = await verifyTimestamps(signer, tokens[i] ?? [], container, frame, workbench);
    const time = proveTime(timestamps, container.timestamps, frame);
    const policy = policyAt(frame.policy, time.proven ?? frame.at);
    const pathsOf = workbench.pathsUnder(policy);
    const facts = await gatherSignature(message, signer, signed, { pool: workbench.pool, computing: frame.computing }, (certificate) =>
      pathsOf(certificate, time.since(certificate)),
    );
    reports.push(
      reportSignature(facts, {
        id: `S${before + reports.length + 1}`,
        policy,
        at: frame.at,
        ledger: frame.ledger,
        covers: container.covers,
        container: container.findings,
        containerTime: container.time,
        time,
        embedded: workbench.embedded,
      }),
    );
  }
  return reports;
}

function timestampsOf({ unsignedAttributes }: SignerInfo): Uint8Array[] {
  return unsignedAttributes
    .filter(({ oid }) => oid === SIGNATURE_TIMESTAMP)
    .flatMap(({ values }) => values.map(encodingOf))
    .slice(0, MAX_TIMESTAMPS);
}

/** RFC 3161 appendix A: each token is over the value of the signature. */
async function verifyTimestamps(
  signer: SignerInfo,
  tokens: readonly Uint8Array[],
  container: Container,
  { policy, at, ledger, computing }: VerificationFrame,
  { pool, pathsUnder }: Workbench,
): Promise<VerifiedTimestamp[]> {
  const since = Math.min(at, ...container.timestamps.flatMap(({ proven }) => proven ?? []));
  const verified: VerifiedTimestamp[] = [];
  for (const token of tokens) {
    const imprinted = (hash: string) => Promise.resolve(digestOf(hash, signer.signature.value));
    verified.push(
      await verifyTimestamp(token, 'signature', imprinted, { policy, pool, pathsOf: pathsUnder(policy), ledger, computing, at, since }),
    );
  }
  return verified;
}

async function chooseContent(message: SignedData, handed: ContentSource | null, computing: ComputingBudget): Promise<SignedContent> {
  if (message.content === null) return { source: handed && rememberDigests(limitWork(handed, null, computing)), conflict: false };
  const source = rememberDigests(limitWork(contentFromBytes(message.content), message.content.length, computing));
  if (handed === null) return { source, conflict: false };
  const [inside, beside] = [await source.digest('SHA-256'), await handed.digest('SHA-256')];
  return { source, conflict: Buffer.compare(inside, beside) !== 0 };
}
