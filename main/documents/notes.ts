import type { Note } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { noteMessageSchema, type FeedItem } from '../../shared/registry/index.ts';
import type { Reading, Store, Writing } from '../store/index.ts';

export type NoteParts = { readonly store: Store; readonly clock: () => string; readonly newId: () => string };

/** Writes a note to the colleagues of this court on a filing. Errors: `not-found`. */
export function addNote(
  { store, clock, newId }: NoteParts,
  { filingId, text, actor }: { readonly filingId: string; readonly text: string; readonly actor: string },
): Result<{ noteId: string }> {
  const at = clock();
  return store.write((tx) => {
    if (!tx.get('SELECT 1 FROM filing WHERE id = ?', filingId)) return fail('not-found');
    const [noteId, command] = [newId(), newId()];
    tx.run(
      'INSERT INTO filing_note (id, filing_id, text, by_user, made_at, command) VALUES (?, ?, ?, ?, ?, ?)',
      ...[noteId, filingId, text, actor, at, command],
    );
    tx.journal({ at, actor, action: 'note.added', subject: filingId, details: { note: noteId } });
    tx.outbox({ id: command, subject: noteId, kind: 'note.add', actor, at, uploads: [], payload: { noteId, filingId, text, madeAt: at } });
    return ok({ noteId });
  });
}

/** Marks an own note as withdrawn; nobody changes one. Errors: `not-found`, `role-not-allowed` for the note of somebody else. */
export function withdrawNote(
  { store, clock, newId }: NoteParts,
  { noteId, actor }: { readonly noteId: string; readonly actor: string },
): Result<{ filingId: string }> {
  const at = clock();
  return store.write((tx) => {
    const note = tx.get<{ filing_id: string; by_user: string; withdrawn_at: string | null }>(
      'SELECT filing_id, by_user, withdrawn_at FROM filing_note WHERE id = ?',
      noteId,
    );
    if (!note) return fail('not-found');
    if (note.by_user !== actor) return fail('role-not-allowed');
    const filingId = note.filing_id;
    if (note.withdrawn_at !== null) return ok({ filingId });
    const command = newId();
    tx.run('UPDATE filing_note SET withdrawn_at = ?, command = ? WHERE id = ?', at, command, noteId);
    tx.journal({ at, actor, action: 'note.withdrawn', subject: filingId, details: { note: noteId } });
    tx.outbox({ id: command, subject: noteId, kind: 'note.withdraw', actor, at, uploads: [], payload: { noteId, filingId } });
    return ok({ filingId });
  });
}

export const isOfNotes = (kind: string): boolean => kind === 'note.changed';

/** Takes a note over as the registry tells it; one that was withdrawn stays so. */
export function applyNoteItem(
  tx: Writing,
  item: FeedItem,
  at: string,
  touched: (filingId: string) => void,
): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  const parsed = noteMessageSchema.safeParse(item.data);
  if (!parsed.success) return { deferred: 'malformed' };
  const { noteId, filingId, text, by, madeAt, withdrawnAt } = parsed.data;
  const known = tx.get<{ withdrawn_at: string | null }>('SELECT withdrawn_at FROM filing_note WHERE id = ?', noteId);
  const fresh = !known || (known.withdrawn_at === null && withdrawnAt !== null);
  tx.run(
    `INSERT INTO filing_note (id, filing_id, text, by_user, made_at, withdrawn_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET withdrawn_at = coalesce(filing_note.withdrawn_at, excluded.withdrawn_at),
       command = CASE WHEN filing_note.withdrawn_at IS NULL OR excluded.withdrawn_at IS NOT NULL THEN NULL ELSE filing_note.command END`,
    ...[noteId, filingId, text, by, madeAt, withdrawnAt],
  );
  if (fresh) {
    const action = withdrawnAt === null ? 'note.added' : 'note.withdrawn';
    tx.journal({ at, actor: by, action, subject: filingId, details: { note: noteId, elsewhere: 1 } });
  }
  touched(filingId);
  return 'applied';
}

/** The notes on a filing, newest first; `reader` is the person who looks. */
export function readNotes(read: Reading, filingId: string, reader: string): Note[] {
  return read
    .all<{
      id: string;
      text: string;
      by_user: string;
      name: string | null;
      made_at: string;
      withdrawn_at: string | null;
      command: string | null;
    }>(
      `SELECT n.*, u.name FROM filing_note n LEFT JOIN app_user u ON u.id = n.by_user WHERE n.filing_id = ? ORDER BY n.made_at DESC, n.id DESC`,
      filingId,
    )
    .map((n) => ({
      id: n.id,
      text: n.text,
      by: n.name ?? n.by_user,
      madeAt: n.made_at,
      withdrawnAt: n.withdrawn_at,
      mine: n.by_user === reader && n.withdrawn_at === null,
      confirmed: n.command === null,
    }));
}

/** How many notes that hold each of these filings has; those without any are left out. */
export function countNotes(read: Reading, filingIds: readonly string[]): ReadonlyMap<string, number> {
  const rows = read.all<{ id: string; n: number }>(
    `SELECT filing_id AS id, count(*) AS n FROM filing_note WHERE withdrawn_at IS NULL
     AND filing_id IN (SELECT value FROM json_each(?)) GROUP BY filing_id`,
    JSON.stringify(filingIds),
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}
