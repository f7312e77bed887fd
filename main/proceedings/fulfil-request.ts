import { moveFiling } from '../../shared/domain/filing-status.ts';
import { isRequest } from '../../shared/domain/request-kind.ts';
import type { GivenDocument, RequestFulfilled } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import { forgetDraft } from './form-drafts.ts';
import { effective, type BothSides, type Effective } from './held-and-own.ts';
import type { ProceedingsParts } from './proceedings-parts.ts';

export type Answer = {
  readonly filingId: string;
  /** Their bytes lie in the store of documents. */
  readonly documents: readonly GivenDocument[];
  readonly note: string | null;
  readonly actor: string;
};

/**
 * Answers a request with documents, a note or both. The filing is fulfilled when the registry says so. Errors: `not-found`, `move-not-allowed` when it
 * is no request, not registered, or answered already, `input-invalid` without an answer, `document-missing`.
 */
export function fulfilRequest(
  parts: Pick<ProceedingsParts, 'store' | 'blobs' | 'clock' | 'newId'>,
  { filingId, documents, note, actor }: Answer,
): Result<null> {
  const at = parts.clock();
  if (documents.length === 0 && !note?.trim()) return fail('input-invalid', { field: 'note' });
  if (documents.some(({ sha256, size }) => parts.blobs.size(sha256) !== size)) return fail('document-missing');
  return parts.store.write((tx) => {
    const filing = readFiling(tx, filingId);
    if (!filing) return fail('not-found');
    if (!mayFulfil(tx, filing)) return fail('move-not-allowed', { state: filing.state });
    const command = parts.newId();
    const answer = { filingId, documents: [...documents], note: note?.trim() || null };
    tx.run(
      `INSERT INTO fulfilment (filing_id, own, command) VALUES (?, ?, ?)
       ON CONFLICT (filing_id) DO UPDATE SET own = excluded.own, command = excluded.command`,
      filingId,
      JSON.stringify({ ...answer, fulfilledAt: at } satisfies RequestFulfilled),
      command,
    );
    tx.journal({ at, actor, action: 'request.answered', subject: filingId, details: { documents: documents.length } });
    const uploads = [...new Set(documents.map(({ sha256 }) => sha256))];
    tx.outbox({ id: command, subject: filingId, kind: 'request.fulfil', actor, at, uploads, payload: answer });
    forgetDraft(tx, { user: actor, filingId, form: 'answer' });
    return ok(null);
  });
}

/** The answer to a request, here or at the registry; null when there is none. */
export function readFulfilment(read: Reading, filingId: string): Effective<RequestFulfilled> | null {
  const row = read.get<BothSides>('SELECT held, own, command FROM fulfilment WHERE filing_id = ?', filingId);
  return row ? effective<RequestFulfilled>(read, row, () => true) : null;
}

/** A document of the answer; null when it has none of this hash. */
export const givenDocument = (read: Reading, filingId: string, sha256: string): GivenDocument | null =>
  readFulfilment(read, filingId)?.value.documents.find((document) => document.sha256 === sha256) ?? null;

/** Whether it is a request that still waits for its answer. */
export const mayFulfil = (read: Reading, filing: { id: string; kind: string; state: Parameters<typeof moveFiling>[0] }): boolean =>
  isRequest(filing.kind) && moveFiling(filing.state, 'fulfil') !== null && readFulfilment(read, filing.id) === null;
