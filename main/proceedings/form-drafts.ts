import type { Reading, Writing } from '../store/index.ts';

/** One form of a filing, as one person fills it in. */
export type FormKey = { readonly user: string; readonly filingId: string; readonly form: string };

/** What was typed last and not sent, as the window keeps it; null when there is nothing. */
export function readDraft(read: Reading, { user, filingId, form }: FormKey): string | null {
  const row = read.get<{ content: string }>(
    'SELECT content FROM form_draft WHERE user_id = ? AND filing_id = ? AND form = ?',
    user,
    filingId,
    form,
  );
  return row?.content ?? null;
}

/** `content` null: there is nothing to keep. */
export function keepDraft(tx: Writing, key: FormKey, content: string | null, at: string): void {
  const { user, filingId, form } = key;
  if (content === null) return forgetDraft(tx, key);
  tx.run(
    `INSERT INTO form_draft (user_id, filing_id, form, content, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (user_id, filing_id, form) DO UPDATE SET content = excluded.content, at = excluded.at`,
    user,
    filingId,
    form,
    content,
    at,
  );
}

/** In the transaction of what it became, so that nothing is offered for sending twice. */
export function forgetDraft(tx: Writing, { user, filingId, form }: FormKey): void {
  tx.run('DELETE FROM form_draft WHERE user_id = ? AND filing_id = ? AND form = ?', user, filingId, form);
}
