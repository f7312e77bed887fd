import { createHash } from 'node:crypto';
import { ok, type Result } from '../../shared/result.ts';
import type { TrustMaterial } from '../signature/index.ts';
import type { BlobStore, Writing } from '../store/index.ts';
import type { Circumstances, StoredFile } from './verify-stored-file.ts';
import type { InformedVerification } from './verify-with-evidence.ts';

export const EVIDENCE_KINDS = ['anchor', 'cert', 'crl', 'ocsp'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
const MATERIAL = { anchor: 'anchors', cert: 'certs', crl: 'crls', ocsp: 'ocsp' } as const satisfies Record<
  EvidenceKind,
  keyof TrustMaterial
>;

/** A verification whose evidence lies in the blob store: what is left is a row. */
export type KeepableVerification = {
  readonly documentId: string;
  readonly file: StoredFile;
  readonly circumstances: Circumstances;
  readonly verification: InformedVerification;
  readonly policySha256: string;
  readonly evidence: readonly { readonly kind: EvidenceKind; readonly position: number; readonly sha256: string }[];
};

/** Lays the policy and the evidence into the blob store, each once. Errors: `disk-full`. */
export async function layDownEvidence(
  blobs: BlobStore,
  task: Omit<KeepableVerification, 'policySha256' | 'evidence'>,
): Promise<Result<KeepableVerification>> {
  const policy = await blobs.putBytes(new TextEncoder().encode(JSON.stringify(task.circumstances.policy)));
  if (!policy.ok) return policy;
  const evidence: KeepableVerification['evidence'][number][] = [];
  for (const kind of EVIDENCE_KINDS)
    for (const [position, bytes] of task.verification.used[MATERIAL[kind]].entries()) {
      const sha256 = sha256Of(bytes);
      const put = blobs.has(sha256) ? ok(null) : await blobs.putBytes(bytes);
      if (!put.ok) return put;
      evidence.push({ kind, position, sha256 });
    }
  return ok({ ...task, policySha256: policy.value.sha256, evidence });
}

/** One list serves many filings, and hashing a national one takes time. */
function sha256Of(bytes: Uint8Array): string {
  const known = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, known);
  return known;
}
const hashes = new WeakMap<Uint8Array, string>();

/** Adds the row, in the transaction that writes the verdict. */
export function keepVerification(tx: Writing, filingId: string, id: string, kept: KeepableVerification): void {
  const { documentId, file, circumstances, verification, policySha256, evidence } = kept;
  const { policy, at, receivedAt } = circumstances;
  tx.run(
    `INSERT INTO verification (id, filing_id, document_id, at, received_at, file_name, sha256, content_sha256, policy_id, policy_version, policy_sha256, attempts, report)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    filingId,
    documentId,
    at,
    receivedAt,
    file.fileName,
    file.sha256,
    file.contentSha256,
    policy.id,
    policy.version,
    policySha256,
    JSON.stringify(verification.attempts),
    JSON.stringify(verification.report),
  );
  for (const { kind, position, sha256 } of evidence)
    tx.run('INSERT INTO verification_evidence (verification_id, kind, position, sha256) VALUES (?, ?, ?, ?)', id, kind, position, sha256);
}
