import { arrangementSchema, type PageWarning } from '../../shared/contract/index.ts';
import { appendPages, noPages, placesAll, type Arrangement, type PlacedPage } from '../../shared/domain/paper-pages.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { PaperParts } from './paper-parts.ts';

/** A page as it was brought; `sha256` are the bytes of its file, `page` its place in it. */
export type PaperPage = {
  readonly id: string;
  readonly sha256: string;
  readonly size: number;
  readonly source: 'picture' | 'pdf';
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** Degrees clockwise that make it stand straight. */
  readonly skew: number;
  readonly warnings: readonly PageWarning[];
};
export type PaperPages = { readonly pages: readonly PaperPage[]; readonly arrangement: Arrangement; readonly revision: number };

export function readPaperPages(read: Reading, workId: string): PaperPages {
  const work = read.get<{ arrangement: string; revision: number }>('SELECT arrangement, revision FROM paper_work WHERE id = ?', workId);
  const rows = read.all<Omit<PaperPage, 'warnings'> & { warnings: string }>(
    'SELECT id, sha256, size, source, page, width, height, dpi, skew, warnings FROM paper_page WHERE work_id = ? ORDER BY rowid',
    workId,
  );
  const kept = work && arrangementSchema.safeParse(JSON.parse(work.arrangement));
  return {
    pages: rows.map((row) => ({ ...row, warnings: JSON.parse(row.warnings) as PageWarning[] })),
    arrangement: kept?.success ? kept.data : noPages,
    revision: work?.revision ?? 0,
  };
}

/**
 * Puts the pages in another order, all of them at once. Errors: `stale-revision` when a page came meanwhile, `input-invalid` when it is not
 * about just these pages, `not-found`.
 */
export function arrangePages(
  { store, clock }: PaperParts,
  work: { readonly id: string; readonly owner: string; readonly revision: number },
  arrangement: Arrangement,
): Result<null> {
  return store.write((tx) => {
    const open = tx.get('SELECT 1 FROM paper_work WHERE id = ? AND owner = ? AND taken_at IS NULL', work.id, work.owner);
    if (!open) return fail('not-found');
    const { pages, revision } = readPaperPages(tx, work.id);
    if (revision !== work.revision) return fail('stale-revision');
    const ids = pages.map(({ id }) => id);
    if (!placesAll(arrangement, ids)) return fail('input-invalid', { field: 'arrangement' });
    keepArrangement(tx, work.id, arrangement, clock());
    return ok(null);
  });
}

function keepArrangement(tx: Writing, workId: string, arrangement: Arrangement, at: string): void {
  tx.run(
    'UPDATE paper_work SET arrangement = ?, revision = revision + 1, changed_at = ? WHERE id = ?',
    JSON.stringify(arrangement),
    at,
    workId,
  );
}

type NewPage = Omit<PaperPage, 'id'> & { readonly blank: boolean };
/** `own`: the pages make a document of this name; else they go behind the last page. */
export type Placing = { readonly own: string | null };

/** Adds pages in one transaction; blank ones are dropped, and can be brought back. */
export function addPages({ store, clock, newId }: PaperParts, workId: string, pages: readonly NewPage[], { own }: Placing): Result<null> {
  return store.write((tx) => {
    if (!tx.get('SELECT 1 FROM paper_work WHERE id = ? AND taken_at IS NULL', workId)) return fail('not-found');
    let { arrangement } = readPaperPages(tx, workId);
    const placed: PlacedPage[] = [];
    for (const page of pages) {
      const id = newId();
      tx.run(
        'INSERT INTO paper_page (id, work_id, sha256, size, source, page, width, height, dpi, skew, warnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[id, workId, page.sha256, page.size, page.source, page.page, page.width, page.height, page.dpi, page.skew],
        JSON.stringify(page.warnings),
      );
      const put = { id, turn: 0 as const, straighten: page.skew !== 0 };
      if (page.blank) arrangement = { ...arrangement, dropped: [...arrangement.dropped, { ...put, why: 'blank' }] };
      else placed.push(put);
    }
    if (placed.length > 0 && own !== null)
      arrangement = { ...arrangement, documents: [...arrangement.documents, { id: newId(), role: '', title: own, pages: placed }] };
    else if (placed.length > 0) arrangement = appendPages(arrangement, placed, newId());
    keepArrangement(tx, workId, arrangement, clock());
    return ok(null);
  });
}
