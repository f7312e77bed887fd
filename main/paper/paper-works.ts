import { paperFormSchema } from '../../shared/contract/index.ts';
import { emptyPaperForm, type PaperForm } from '../../shared/domain/paper-form.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading } from '../store/index.ts';
import type { PaperParts } from './paper-parts.ts';

/** What somebody is taking at the counter and has not finished: kept as it is typed, also when the program is killed. */
export type PaperWork = {
  readonly id: string;
  readonly owner: string;
  readonly form: PaperForm;
  readonly changedAt: string;
  readonly taken: boolean;
  /** The filing that its documents are for, and who brought them; null when a filing of its own comes out of it. */
  readonly annexTo: { readonly filingId: string; readonly handedInBy: string } | null;
};

type Row = {
  id: string;
  owner: string;
  form: string;
  changed_at: string;
  taken_at: string | null;
  filing_id: string | null;
  handed_in_by: string;
};

/** What another version of the program kept and this one cannot read begins anew. */
function toWork({ id, owner, form, changed_at, taken_at, filing_id, handed_in_by }: Row): PaperWork {
  const kept = paperFormSchema.safeParse(JSON.parse(form));
  return {
    ...{ id, owner, form: kept.success ? kept.data : emptyPaperForm(), changedAt: changed_at, taken: taken_at !== null },
    annexTo: filing_id === null ? null : { filingId: filing_id, handedInBy: handed_in_by },
  };
}

/** Nobody sees the unfinished work of somebody else. */
export function readPaperWork(read: Reading, id: string, owner: string): PaperWork | null {
  const row = read.get<Row>('SELECT * FROM paper_work WHERE id = ? AND owner = ?', id, owner);
  return row ? toWork(row) : null;
}

/** The last changed first. */
export const openPaperWorks = (read: Reading, owner: string): PaperWork[] =>
  read.all<Row>('SELECT * FROM paper_work WHERE owner = ? AND taken_at IS NULL ORDER BY changed_at DESC, id DESC', owner).map(toWork);

export function beginPaperWork({ store, clock, newId }: PaperParts, owner: string): PaperWork {
  const [id, at] = [newId(), clock()];
  const form = emptyPaperForm();
  store.write((tx) =>
    tx.run(
      'INSERT INTO paper_work (id, owner, form, begun_at, changed_at) VALUES (?, ?, ?, ?, ?)',
      id,
      owner,
      JSON.stringify(form),
      at,
      at,
    ),
  );
  return { id, owner, form, changedAt: at, taken: false, annexTo: null };
}

/** Says for which filing the documents of a work are, and who brought them; null makes a filing of its own of it. Errors: `not-found`. */
export function directPaperWork(
  { store, clock }: PaperParts,
  { id, owner, annexTo }: Pick<PaperWork, 'id' | 'owner' | 'annexTo'>,
): Result<null> {
  return store.write((tx) => {
    if (annexTo !== null && !tx.get('SELECT 1 FROM filing WHERE id = ?', annexTo.filingId)) return fail('not-found');
    const kept = tx.run(
      'UPDATE paper_work SET filing_id = ?, handed_in_by = ?, changed_at = ? WHERE id = ? AND owner = ? AND taken_at IS NULL',
      ...[annexTo?.filingId ?? null, annexTo?.handedInBy ?? '', clock(), id, owner],
    );
    return kept > 0 ? ok(null) : fail('not-found');
  });
}

/** Whether a work is open and for this filing, null for one of its own; what never was a work is for any. */
export function isStillFor(read: Reading, id: string, filingId: string | null): boolean {
  const row = read.get<Pick<Row, 'filing_id' | 'taken_at'>>('SELECT filing_id, taken_at FROM paper_work WHERE id = ?', id);
  return !row || (row.taken_at === null && row.filing_id === filingId);
}

/** Errors: `not-found` also when it was taken or dropped meanwhile. */
export function keepPaperForm({ store, clock }: PaperParts, { id, owner, form }: Pick<PaperWork, 'id' | 'owner' | 'form'>): Result<null> {
  const kept = store.write((tx) =>
    tx.run(
      'UPDATE paper_work SET form = ?, changed_at = ? WHERE id = ? AND owner = ? AND taken_at IS NULL',
      JSON.stringify(form),
      clock(),
      id,
      owner,
    ),
  );
  return kept > 0 ? ok(null) : fail('not-found');
}

/** Errors: `paper-scanning` while pages are coming. */
export function dropPaperWork({ store, scanned }: PaperParts, id: string, owner: string): Result<null> {
  if (scanned.has(id)) return fail('paper-scanning');
  store.write((tx) => tx.run('DELETE FROM paper_work WHERE id = ? AND owner = ? AND taken_at IS NULL', id, owner));
  return ok(null);
}
