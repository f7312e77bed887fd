import { fail, ok, type Result } from '../../shared/result.ts';
import { readPolicy } from '../signature/index.ts';
import type { BlobStore, Store } from '../store/index.ts';
import type { EvidenceKind } from './keep-verification.ts';
import { readVerification } from './kept-verification.ts';
import { verifyStoredFile } from './verify-stored-file.ts';
import { explainAttempts } from './verify-with-evidence.ts';

export type Rerun = {
  /** The report is the same, octet for octet. */
  readonly same: boolean;
  /** The report of this run. */
  readonly reportText: string;
};

/** A policy, a certificate, an answer or a list; the largest of them. */
export const EVIDENCE_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Makes a kept verification again from what lies in the store and nothing else: the bytes, the evidence, the policy and the time of then.
 * Errors: `not-found`, `document-missing` when something of it is gone, `input-invalid` when this version cannot read the policy of then.
 */
export async function rerunVerification(parts: { readonly store: Store; readonly blobs: BlobStore }, id: string): Promise<Result<Rerun>> {
  const kept = readVerification(parts.store.read, id);
  if (!kept) return fail('not-found');
  const read = (sha256: string) => parts.blobs.readAll(sha256, EVIDENCE_MAX_BYTES).catch(() => null);
  const policyText = await read(kept.policy.sha256);
  if (policyText === null) return fail('document-missing');
  const policy = readPolicy(new TextDecoder().decode(policyText));
  if (!policy.ok) return policy;
  const material: Record<EvidenceKind, Uint8Array[]> = { anchor: [], cert: [], crl: [], ocsp: [] };
  for (const { kind, sha256 } of kept.evidence) {
    const bytes = await read(sha256);
    if (bytes === null) return fail('document-missing');
    material[kind].push(bytes);
  }
  const trust = { anchors: material.anchor, certs: material.cert, crls: material.crl, ocsp: material.ocsp };
  const { at, receivedAt } = kept;
  const verified = await verifyStoredFile(parts.blobs, kept.file, { trust, policy: policy.value, at, receivedAt }, null);
  if (!verified.ok) return verified;
  const reportText = JSON.stringify(explainAttempts(verified.value.report, kept.attempts));
  return ok({ same: reportText === kept.reportText, reportText });
}
