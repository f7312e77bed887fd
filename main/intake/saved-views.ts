import { listLayoutShape, queueQuestionShape, type ListLayout, type SavedView } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading, Writing } from '../store/index.ts';

const MOST_VIEWS = 30;

/** The views that a person has saved on this desk, by name; one that this program does not understand is left out. */
export function savedViews(read: Reading, user: string): SavedView[] {
  return read
    .all<{ id: string; name: string; content: string }>('SELECT id, name, content FROM saved_view WHERE user_id = ? ORDER BY name', user)
    .flatMap(({ id, name, content }) => {
      const question = queueQuestionShape.safeParse(JSON.parse(content));
      return question.success ? [{ id, name, question: question.data }] : [];
    });
}

/** A view of the same name is replaced. Errors: `input-invalid` when there are too many. */
export function saveView(tx: Writing, user: string, { id, name, question }: SavedView): Result<null> {
  const { n } = tx.get<{ n: number }>('SELECT count(*) AS n FROM saved_view WHERE user_id = ? AND name <> ?', user, name)!;
  if (n >= MOST_VIEWS) return fail('input-invalid', { field: 'name' });
  tx.run(
    'INSERT INTO saved_view (id, user_id, name, content) VALUES (?, ?, ?, ?) ON CONFLICT (user_id, name) DO UPDATE SET content = excluded.content',
    id,
    user,
    name,
    JSON.stringify(question),
  );
  return ok(null);
}

export const dropView = (tx: Writing, user: string, id: string): void =>
  void tx.run('DELETE FROM saved_view WHERE id = ? AND user_id = ?', id, user);

/** The columns of a list as a person has set them up on this desk. */
export function listLayout(read: Reading, user: string, list: string): ListLayout {
  const row = read.get<{ content: string }>('SELECT content FROM list_layout WHERE user_id = ? AND list = ?', user, list);
  const layout = row && listLayoutShape.safeParse(JSON.parse(row.content));
  return layout?.success ? layout.data : { hidden: [], widths: {} };
}

export const keepLayout = (tx: Writing, user: string, list: string, layout: ListLayout): void =>
  void tx.run(
    'INSERT INTO list_layout (user_id, list, content) VALUES (?, ?, ?) ON CONFLICT (user_id, list) DO UPDATE SET content = excluded.content',
    user,
    list,
    JSON.stringify(layout),
  );
