import type { PlacedPage } from '../../shared/domain/paper-pages.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { fail, type Result } from '../../shared/result.ts';
import { readPaperPages } from './paper-pages.ts';
import type { PaperParts } from './paper-parts.ts';

/** A small picture of a page as it is placed, as JPEG. Errors: `not-found` also for a page of a PDF, which the window draws itself, if at all. */
export async function drawPageThumbnail(
  { store, blobs, pictures }: PaperParts,
  workId: string,
  { pageId, turn, straighten }: { readonly pageId: string; readonly turn: PlacedPage['turn']; readonly straighten: boolean },
): Promise<Result<Uint8Array>> {
  const page = readPaperPages(store.read, workId).pages.find(({ id }) => id === pageId);
  if (!page || page.source === 'pdf') return fail('not-found');
  const bytes = await blobs.readAll(page.sha256, LIMITS.wireDocumentBytes);
  if (!bytes) return fail('document-missing');
  return pictures.ask({ call: 'thumbnail', bytes, page: page.page, turn, straighten: straighten ? page.skew : 0 });
}
