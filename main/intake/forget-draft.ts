import type { Writing } from '../store/index.ts';

/** A drafted act goes, with what somebody was typing about it. */
export function forgetDraft(tx: Writing, actId: string): void {
  tx.run('DELETE FROM form_draft WHERE form IN (?, ?)', `text:${actId}`, `reply:${actId}`);
  tx.run('DELETE FROM act WHERE id = ?', actId);
}
