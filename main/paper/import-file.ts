import type { PageWarning } from '../../shared/contract/index.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { addPages } from './paper-pages.ts';
import type { PaperParts } from './paper-parts.ts';

/** Coarser than this, a court cannot read the small print. */
const LEAST_DPI = 200;

export type FileToImport = { readonly sha256: string; readonly size: number; readonly title: string };

/**
 * Takes the pages of a file, whose bytes are kept already, into a work: those of a picture one by one behind the last page, those of a PDF as a
 * document of their own. Errors: `picture-unreadable`, `picture-too-large`, `document-missing`, `not-found`.
 */
export async function importFile(parts: PaperParts, workId: string, file: FileToImport): Promise<Result<null>> {
  const { sha256, size, title } = file;
  const bytes = await parts.blobs.readAll(sha256, LIMITS.wireDocumentBytes);
  if (!bytes) return fail('document-missing');
  const surveyed = await parts.pictures.ask({ call: 'survey', bytes });
  if (!surveyed.ok) return surveyed;
  const { kind, pages } = surveyed.value;
  if (kind === 'pdf') {
    const whole = pages.map((page, i) => ({
      ...page,
      ...{ sha256, size, source: 'pdf' as const, page: i, skew: 0, warnings: [], blank: false },
    }));
    return addPages(parts, workId, whole, { own: title });
  }
  for (const [i, facts] of pages.entries()) {
    const seen = await parts.pictures.ask({ call: 'examine', bytes, page: i });
    if (!seen.ok) return seen;
    const { skew, blank, warnings } = seen.value;
    const coarse: PageWarning[] = facts.dpi < LEAST_DPI && !blank ? ['low-resolution'] : [];
    const page = { ...facts, sha256, size, source: 'picture' as const, page: i, skew, blank, warnings: [...warnings, ...coarse] };
    const added = addPages(parts, workId, [page], { own: null });
    if (!added.ok) return added;
  }
  return ok(null);
}
