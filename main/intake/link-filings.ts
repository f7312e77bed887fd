import { fail, ok, type Result } from '../../shared/result.ts';
import type { CommandPayload, LinkMessage } from '../../shared/registry/index.ts';
import { readSetting, writeSetting, type Reading, type Store, type Writing } from '../store/index.ts';
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
    if (!keepLink(tx, { ...link, by: actor }, at, false) && isSaid(tx, id, otherId)) return ok(null);
    tx.outbox({ ...{ id: newId(), kind: 'filing.link', actor, at, uploads: [] }, subject: linkSubject(id), payload: link });
    return ok(null);
  });
}

/** Of whom the links that were made before links were told have been laid into the outbox. */
const TOLD = 'links.told-of';

/**
 * Tells the registry of the links that people made at this desk before links were told, once for each person, while a session of that person is open to
 * prove it. What came from the registry, or was said since, is not said again.
 */
export function tellOldLinks({ store, clock, newId }: LinkParts, isSignedIn: (userId: string) => boolean): void {
  const told = readSetting<readonly string[]>(store.read, TOLD) ?? [];
  const people = store.read.all<{ id: string }>(
    'SELECT id FROM app_user WHERE id NOT IN (SELECT value FROM json_each(?))',
    JSON.stringify(told),
  );
  const here = people.map(({ id }) => id).filter(isSignedIn);
  if (here.length === 0) return;
  store.write((tx) => {
    const at = clock();
    for (const actor of here)
      for (const { a, b, at: linkedAt } of tx.all<{ a: string; b: string; at: string }>(MADE_HERE, actor)) {
        if (isSaid(tx, a, b)) continue;
        const payload = { filingId: a, otherId: b, linkedAt };
        tx.outbox({ ...{ id: newId(), kind: 'filing.link', actor, at, uploads: [] }, subject: linkSubject(a), payload });
      }
    writeSetting(tx, TOLD, [...told, ...here]);
  });
}

/** The journal tells them from those that the registry told: it has them at the moment at which they were made. */
const MADE_HERE = `SELECT l.a, l.b, l.at FROM filing_link l
  WHERE l.by_user = ? AND NOT EXISTS (SELECT 1 FROM filing_wiped w WHERE w.filing_id IN (l.a, l.b))
    AND EXISTS (SELECT 1 FROM journal j WHERE j.subject = l.a AND j.action = 'filing.linked' AND j.at = l.at AND j.actor = l.by_user
      AND j.details ->> '$.elsewhere' IS NULL)
  ORDER BY l.at, l.a, l.b`;

/** Takes over a link as the registry tells it; false while one of both is not here. */
export function adoptLink(tx: Writing, message: LinkMessage, at: string): boolean {
  const { filingId, otherId, linkedAt, by } = message;
  if (!areHere(tx, [filingId, otherId])) return false;
  // whose word the registry took is the same at every desk
  if (!keepLink(tx, message, at, true))
    tx.run('UPDATE filing_link SET by_user = ?, at = ? WHERE a = ? AND b = ?', by, linkedAt, ...[filingId, otherId].sort());
  return true;
}

/** A link that the registry is not told any more is none, unless it has heard of it from elsewhere; it can be made again. */
export function withdrawLink(tx: Writing, commandId: string): void {
  const row = tx.get<{ payload: string; actor: string | null }>('SELECT payload, actor FROM outbox WHERE id = ?', commandId);
  if (!row) return;
  const { filingId, otherId, linkedAt } = JSON.parse(row.payload) as CommandPayload<'filing.link'>;
  const pair = [filingId, otherId].sort();
  const gone = tx.run('DELETE FROM filing_link WHERE a = ? AND b = ? AND by_user = ? AND at = ?', ...pair, row.actor, linkedAt);
  if (gone > 0) tx.run('UPDATE filing SET revision = revision + 1 WHERE id IN (?, ?)', ...pair);
}

/** Whether the registry has been told of a link by this desk, or will be. One that was made before links were told is not, until `tellOldLinks`. */
const isSaid = (read: Reading, id: string, otherId: string): boolean =>
  ["= 'done' AND last_code IS NOT 'withdrawn'", "<> 'done'"].some(
    (state) =>
      read.get(
        `SELECT 1 FROM outbox WHERE state ${state} AND subject IN (@one, @other) AND kind = 'filing.link'
         AND payload ->> '$.filingId' IN (@id, @otherId) AND payload ->> '$.otherId' IN (@id, @otherId)`,
        { id, otherId, one: linkSubject(id), other: linkSubject(otherId) },
      ) !== undefined,
  );

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
