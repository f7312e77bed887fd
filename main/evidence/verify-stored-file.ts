import type { VerificationReport } from '../../shared/domain/verdict.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { contentFromStream, type Policy, type TrustMaterial } from '../signature/index.ts';
import type { BlobStore } from '../store/index.ts';
import type { Inquiry } from './evidence-source.ts';
import { verifyWithEvidence, type FileVerification, type InformedVerification } from './verify-with-evidence.ts';

/** A file of the blob store to be verified. */
export type StoredFile = {
  readonly fileName: string;
  readonly sha256: string;
  /** What a signature file signs; null for the signatures inside a document itself. */
  readonly contentSha256: string | null;
};

/** What a verification is made under, and again when it is run anew. */
export type Circumstances = {
  readonly trust: TrustMaterial;
  readonly policy: Policy;
  /** UTC ISO. */
  readonly at: string;
  /** When the registry had received the filing, UTC ISO. */
  readonly receivedAt: string;
};

/**
 * Verifies the signature file or document. A signature file without a signature in it is invalid.
 * Errors say nothing about a signature: `document-missing` when the bytes, or those that were signed, cannot be read here,
 * `document-too-large`.
 */
export async function verifyStoredFile(
  blobs: BlobStore,
  { fileName, sha256, contentSha256 }: StoredFile,
  circumstances: Circumstances,
  inquiry: Inquiry | null,
  verify?: FileVerification,
): Promise<Result<InformedVerification>> {
  const size = blobs.size(sha256);
  if (size === null || (contentSha256 !== null && !blobs.has(contentSha256))) return fail('document-missing');
  if (size > LIMITS.wireDocumentBytes) return fail('document-too-large');
  const bytes = await blobs.readAll(sha256, size).catch(() => null);
  if (bytes === null) return fail('document-missing');
  const content = contentSha256 !== null ? contentFromStream(() => blobs.read(contentSha256)) : null;
  const verified = await verifyWithEvidence({ file: fileName, bytes, content, ...circumstances }, inquiry, verify);
  if (!verified.ok) return fail('document-missing');
  return content !== null && verified.value.report.overall === 'unsigned' ? ok(withoutSignature(fileName, circumstances)) : verified;
}

function withoutSignature(file: string, { policy: { id, version }, at }: Circumstances): InformedVerification {
  const report: VerificationReport = { file, format: 'none', at, policy: { id, version }, flags: [], overall: 'invalid', signatures: [] };
  return { report, used: { anchors: [], certs: [], crls: [], ocsp: [] }, wanted: [], attempts: [] };
}
