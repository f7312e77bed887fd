import type { AnnexMessage } from '../../shared/registry/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { CONFIRMED, standingOf, type Standing } from '../sync/index.ts';
import { insertDocuments } from './insert-documents.ts';

/** Ticks of a person that hold for the documents that were there. */
const ABOUT_DOCUMENTS = ['attachments', 'legible'];

/**
 * Adds papers that were handed in to a filing behind its documents, once. `command`: the entry of the outbox that tells the registry, null where the
 * registry told it. The filing is to be checked with them; registered, it stays as it was decided on.
 */
export function receiveAnnexes(
  tx: Writing,
  { clock, newId }: { readonly clock: () => string; readonly newId: () => string },
  message: AnnexMessage,
  command: string | null,
): void {
  const { annexId, filingId, receivedAt, handedInBy, takenBy, documents } = message;
  const known = tx.run('UPDATE filing_annex SET command = ? WHERE id = ?', command, annexId);
  if (known > 0) return;
  tx.run(
    'INSERT INTO filing_annex (id, filing_id, received_at, taken_by, handed_in_by, command) VALUES (?, ?, ?, ?, ?, ?)',
    ...[annexId, filingId, receivedAt, takenBy, handedInBy, command],
  );
  const last = tx.get<{ last: number | null }>(
    'SELECT max(position) AS last FROM document WHERE filing_id = ? AND signs IS NULL',
    filingId,
  );
  insertDocuments(tx, newId, { filingId, documents, first: (last?.last ?? -1) + 1, annexId });
  const at = clock();
  tx.run("UPDATE filing SET intake = 'arriving', recheck_at = ?, revision = revision + 1 WHERE id = ?", at, filingId);
  tx.run(
    `DELETE FROM check_mark WHERE filing_id = ? AND check_id IN (SELECT value FROM json_each(?))
     AND EXISTS (SELECT 1 FROM filing WHERE id = check_mark.filing_id AND registered_at IS NULL)`,
    filingId,
    JSON.stringify(ABOUT_DOCUMENTS),
  );
  const details = { annex: annexId, documents: documents.length, ...(command === null ? { elsewhere: 1 } : {}) };
  tx.journal({ at, actor: takenBy, action: 'filing.annexed', subject: filingId, details });
}

export type Annex = {
  readonly id: string;
  readonly receivedAt: string;
  readonly takenBy: string;
  readonly handedInBy: string;
  /** How far its way to the registry is; `withdrawn` is not sent any more. */
  readonly standing: { readonly state: Standing['state'] | 'withdrawn'; readonly code: string | null };
};

/** What was handed in to a filing, in that order. */
export const readAnnexes = (read: Reading, filingId: string): Annex[] =>
  read
    .all<{ id: string; received_at: string; taken_by: string; name: string | null; handed_in_by: string; command: string | null }>(
      `SELECT a.*, u.name FROM filing_annex a LEFT JOIN app_user u ON u.id = a.taken_by WHERE a.filing_id = ? ORDER BY a.received_at, a.id`,
      filingId,
    )
    .map((a) => ({
      ...{ id: a.id, receivedAt: a.received_at, takenBy: a.name ?? '', handedInBy: a.handed_in_by },
      standing: standing(read, a.command),
    }));

function standing(read: Reading, command: string | null): Annex['standing'] {
  const sent = command === null ? CONFIRMED : standingOf(read, command);
  return sent === 'withdrawn' ? { state: sent, code: null } : sent;
}
