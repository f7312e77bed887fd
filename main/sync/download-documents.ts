import { LIMITS } from '../../shared/registry/index.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import type { BlobStore } from '../store/index.ts';
import { RegistryFailure, type RegistryClient } from './registry-client.ts';

export type WantedDocument = { readonly id: string; readonly sha256: string; readonly size: number };
/** `refused-now`: the registry is there and cannot give just this one. */
export type DocumentOutcome = 'stored' | 'missing' | 'hash-mismatch' | 'refused-now';

/**
 * Fetches one document by range and keeps it only when its SHA-256 is right.
 * What is wrong with the document itself is an outcome; a line that is down or a full disk is a failure.
 */
export async function downloadDocument(
  parts: { client: RegistryClient; blobs: BlobStore },
  wanted: WantedDocument,
): Promise<Result<DocumentOutcome>> {
  if (wanted.size > LIMITS.wireDocumentBytes) return ok('missing');
  let result: Result<null>;
  try {
    result = await parts.blobs.fetch(wanted.sha256, wanted.size, (offset) => parts.client.document(wanted.sha256, offset));
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    result = { ok: false, error: error.failure };
  }
  if (result.ok) return ok('stored');
  return outcomeOf(result.error);
}

function outcomeOf(error: Failure): Result<DocumentOutcome> {
  if (error.code === 'document-hash-mismatch') return ok('hash-mismatch');
  // a body that ends early is a line that broke; the next attempt goes on from there
  if (error.code === 'document-missing' || error.code === 'registry-refused') return ok('missing');
  if (error.code === 'registry-unreachable' && error.params?.['status'] === 500) return ok('refused-now');
  return { ok: false, error };
}
