import type { FilingMessage, FilingSubmission } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { receiveFiling, type ContentType } from '../intake/index.ts';
import { leasePaper } from '../sync/index.ts';
import { keepFacts } from './keep-facts.ts';
import { readPaperPages } from './paper-pages.ts';
import { isStillFor } from './paper-works.ts';
import type { PaperParts } from './paper-parts.ts';

export type Taking = {
  /** Of the filing that comes out of it; the same one again answers that filing. */
  readonly id: string;
  /** The person at the counter. */
  readonly actor: string;
  /** Of the pages that the documents were made of; without it there were none. */
  readonly revision?: number;
};
/** What the bytes of a document are, by their SHA-256; they are in the store already. */
export type PaperFacts = ReadonlyMap<string, { readonly contentType: ContentType; readonly pages: number | null }>;

/**
 * Takes a filing that somebody brought on paper: it is received at this moment, held by this desk, and on its way to the registry, all in one
 * transaction. Needs no line. Taken twice it is one filing. Errors: `input-invalid` for another court, `document-missing`, `stale-revision` when
 * pages came or were moved, or the work was directed to another filing meanwhile, `paper-scanning` while pages are coming: no page is left behind.
 */
export function takePaper(parts: PaperParts, taking: Taking, filing: FilingSubmission, facts: PaperFacts): Result<{ id: string }> {
  const { id, actor, revision } = taking;
  if (filing.court !== parts.court.code) return fail('input-invalid', { field: 'court' });
  const files = filing.documents.flatMap((d) => [d, ...d.signatures]);
  if (files.some(({ sha256, size }) => parts.blobs.size(sha256) !== size)) return fail('document-missing');
  const at = parts.clock();
  return parts.store.write((tx) => {
    if (tx.get('SELECT 1 FROM filing WHERE id = ?', id)) return ok({ id });
    if (!isStillFor(tx, id, null)) return fail('stale-revision');
    if (parts.scanned.has(id)) return fail('paper-scanning');
    if (revision !== undefined && readPaperPages(tx, id).revision !== revision) return fail('stale-revision');
    const message: FilingMessage = { ...filing, id, cabinetNumber: '', sentAt: null, receivedAt: at, paper: { takenBy: actor } };
    receiveFiling(parts, tx, message, actor);
    keepFacts(tx, { filingId: id, annexId: null }, facts);
    const leaseId = parts.newId();
    leasePaper(tx, { filingId: id, leaseId, holder: actor, at });
    tx.run('UPDATE paper_work SET taken_at = ? WHERE id = ?', at, id);
    tx.outbox({
      ...{ id: parts.newId(), subject: id, kind: 'filing.take-paper', actor, at },
      uploads: [...new Set(files.map(({ sha256 }) => sha256))],
      payload: { filingId: id, leaseId, takenAt: at, filing },
    });
    return ok({ id });
  });
}
