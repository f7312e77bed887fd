import { fail, ok, type Result } from '../../shared/result.ts';
import type { LinkMessage } from '../../shared/registry/index.ts';
import type { Reading, Store, Writing } from '../store/index.ts';
import { readFiling, type FilingRecord } from './filing-record.ts';
import { linkSubject } from './work-subject.ts';

export type LinkParts = { readonly store: Store; readonly clock: () => string; readonly newId: () => string };

/**
 * Links two filings that belong together; both say so from now on, and the other desks of the court hear of it. Linking them again changes nothing. Needs
 * no line. Errors: `not-found`, `input-invalid`.
 */
export function linkFilings(
  { store, clock, newId }: LinkParts,
  { id, otherId, actor }: { id: string; otherId: string; actor: string },
): Result<null> {
  if (id === otherId) return fail('input-invalid', { field: 'otherId' });
  return store.write((tx) => {
    if (!areHere(tx, [id, otherId])) return fail('not-found');
    const at = clock();
    const link = { filingId: id, otherId, linkedAt: at };
    if (!keepLink(tx, { ...link, by: actor }, at, false)) return ok(null);
    tx.outbox({ ...{ id: newId(), kind: 'filing.link', actor, at, uploads: [] }, subject: linkSubject(id), payload: link });
    return ok(null);
  });
}

/** Takes over a link as the registry tells it; false while one of both is not here. */
export function adoptLink(tx: Writing, message: LinkMessage, at: string): boolean {
  if (!areHere(tx, [message.filingId, message.otherId])) return false;
  keepLink(tx, message, at, true);
  return true;
}

const areHere = (read: Reading, ids: readonly string[]): boolean =>
  ids.every((id) => read.get('SELECT 1 FROM filing WHERE id = ?', id) !== undefined);

/** False when they were linked before. */
function keepLink(tx: Writing, { filingId, otherId, linkedAt, by }: LinkMessage, at: string, elsewhere: boolean): boolean {
  const [a, b] = [filingId, otherId].sort();
  if (tx.run('INSERT INTO filing_link (a, b, by_user, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', a, b, by, linkedAt) === 0)
    return false;
  const [one, other] = [readFiling(tx, filingId)!, readFiling(tx, otherId)!];
  for (const [filing, with_] of [
    [one, other],
    [other, one],
  ] as const) {
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    const details = { with: numberOf(with_), ...(elsewhere ? { elsewhere: 1 } : {}) };
    tx.journal({ at, actor: by, action: 'filing.linked', subject: filing.id, details });
  }
  return true;
}

const numberOf = ({ incomingNumber, cabinetNumber }: FilingRecord): string => incomingNumber ?? cabinetNumber;
