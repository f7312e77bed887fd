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
};

type Row = { id: string; owner: string; form: string; changed_at: string; taken_at: string | null };

/** What another version of the program kept and this one cannot read begins anew. */
function toWork({ id, owner, form, changed_at, taken_at }: Row): PaperWork {
  const kept = paperFormSchema.safeParse(JSON.parse(form));
  return { id, owner, form: kept.success ? kept.data : emptyPaperForm(), changedAt: changed_at, taken: taken_at !== null };
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
  return { id, owner, form, changedAt: at, taken: false };
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

export function dropPaperWork({ store }: PaperParts, id: string, owner: string): void {
  store.write((tx) => tx.run('DELETE FROM paper_work WHERE id = ? AND owner = ? AND taken_at IS NULL', id, owner));
}
