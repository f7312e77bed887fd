import { LIMITS, type AnnexMessage, type FilingSubmission } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { annexSubject, receiveAnnexes } from '../intake/index.ts';
import { keepFacts } from './keep-facts.ts';
import { makeDocuments, type Certify, type DocumentNote } from './make-documents.ts';
import { readPaperPages } from './paper-pages.ts';
import { isStillFor } from './paper-works.ts';
import type { PaperParts } from './paper-parts.ts';
import type { PaperFacts } from './take-paper.ts';

export type AddingAnnexes = {
  /** Of the papers that are handed in together; the same one again adds nothing. */
  readonly id: string;
  readonly filingId: string;
  /** Who brought them. */
  readonly handedInBy: string;
  /** The person at the counter. */
  readonly actor: string;
  /** Of the pages that the documents were made of. */
  readonly revision?: number;
};

/**
 * Adds papers that somebody brought to a filing that is here: received at this moment and on their way to the registry, all in one transaction. The
 * moments of the filing stay its own. Needs no line. Errors: `not-found`, `document-missing`, `input-invalid` without a document or a name,
 * `stale-revision` when pages came or were moved, or the work was directed elsewhere or taken meanwhile, `paper-scanning` while pages are coming.
 */
export function addAnnexes(
  parts: PaperParts,
  adding: AddingAnnexes,
  documents: FilingSubmission['documents'],
  facts: PaperFacts,
): Result<null> {
  const { id, filingId, actor, revision } = adding;
  const handedInBy = adding.handedInBy.trim();
  if (handedInBy === '') return fail('input-invalid', { field: 'handedInBy' });
  if (documents.length === 0) return fail('input-invalid', { field: 'documents' });
  const files = documents.flatMap((d) => [d, ...d.signatures]);
  if (files.some(({ sha256, size }) => size > LIMITS.documentBytes || parts.blobs.size(sha256) !== size)) return fail('document-missing');
  const at = parts.clock();
  return parts.store.write((tx) => {
    const added = tx.get<{ filing_id: string }>('SELECT filing_id FROM filing_annex WHERE id = ?', id);
    if (added) return added.filing_id === filingId ? ok(null) : fail('stale-revision');
    if (!isStillFor(tx, id, filingId)) return fail('stale-revision');
    if (!tx.get('SELECT 1 FROM filing WHERE id = ?', filingId)) return fail('not-found');
    if (parts.scanned.has(id)) return fail('paper-scanning');
    if (revision !== undefined && readPaperPages(tx, id).revision !== revision) return fail('stale-revision');
    const command = parts.newId();
    const payload = { annexId: id, filingId, receivedAt: at, handedInBy, documents };
    const message: AnnexMessage = { ...payload, takenBy: actor };
    receiveAnnexes(tx, parts, message, command);
    keepFacts(tx, { filingId, annexId: id }, facts);
    tx.run('UPDATE paper_work SET taken_at = ? WHERE id = ?', at, id);
    tx.outbox({
      ...{ id: command, subject: annexSubject(tx, filingId), kind: 'filing.add-annexes', actor, at, payload },
      uploads: [...new Set(files.map(({ sha256 }) => sha256))],
    });
    return ok(null);
  });
}

/** Adds what was scanned into a work to a filing, as documents of a role each. Errors: those of makeDocuments and addAnnexes. */
export async function addWork(
  parts: PaperParts,
  adding: AddingAnnexes,
  language: 'kk' | 'ru',
  certify: Certify | null = null,
): Promise<Result<{ notes: readonly DocumentNote[] }>> {
  const made = await makeDocuments(parts, adding.id, { kind: 'evidence', language }, certify);
  if (!made.ok) return made;
  const { documents, facts, notes, revision } = made.value;
  const added = addAnnexes(parts, { ...adding, revision }, documents, facts);
  return added.ok ? ok({ notes }) : added;
}
