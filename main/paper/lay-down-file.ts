import { createHash } from 'node:crypto';
import { LIMITS } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { contentTypeOf, SNIFF_BYTES, type ContentType } from '../intake/index.ts';
import { countPages } from '../pdf/index.ts';
import type { PaperParts } from './paper-parts.ts';

export type LaidDown = { readonly sha256: string; readonly size: number; readonly contentType: ContentType; readonly pages: number | null };

/** Keeps the bytes of a paper's document and says what they are. Errors: `document-too-large` beyond what a document may have, `disk-full`. */
export async function layDownFile({ blobs }: Pick<PaperParts, 'blobs'>, bytes: Uint8Array): Promise<Result<LaidDown>> {
  if (bytes.length > LIMITS.documentBytes) return fail('document-too-large', { size: bytes.length });
  const kept = await blobs.putBytes(bytes);
  if (!kept.ok) return kept;
  const contentType = contentTypeOf(bytes.subarray(0, SNIFF_BYTES), bytes.length);
  return ok({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    contentType,
    pages: contentType === 'pdf' ? await countPages(bytes) : null,
  });
}
