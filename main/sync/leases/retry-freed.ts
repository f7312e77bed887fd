import type { Writing } from '../../store/index.ts';

/** A registration that was refused because another desk had the filing is sent again by itself when nobody has it any more. */
export function retryFreed(tx: Writing, now: string): void {
  const freed = tx.all<{ id: string; subject: string; kind: string }>(
    `SELECT id, subject, kind FROM outbox
     WHERE state <> 'done' AND state = 'parked' AND kind = 'filing.register' AND last_code IN ('lease-held', 'lease-taken-over')
       AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.filing_id = outbox.subject AND p.until > ?)`,
    now,
  );
  for (const { id, subject, kind } of freed) {
    tx.run("UPDATE outbox SET state = 'waiting', next_attempt_at = NULL WHERE id = ?", id);
    tx.journal({ at: now, actor: null, action: 'outbox.retried', subject, details: { id, kind } });
  }
}
