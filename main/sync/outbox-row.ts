import type { CommandEnvelope } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';

export type OutboxRow = {
  position: number;
  id: string;
  subject: string;
  kind: string;
  schema_version: number;
  actor: string | null;
  at: string;
  payload: string;
  uploads: string;
  attempts: number;
  next_attempt_at: string | null;
  last_code: string | null;
  state: 'waiting' | 'sending' | 'done' | 'parked';
  session: string | null;
  confirmed_at: string | null;
  proof: string | null;
};

export const envelopeOf = (row: OutboxRow): CommandEnvelope => ({
  id: row.id,
  kind: row.kind,
  schemaVersion: row.schema_version,
  subject: row.subject,
  actor: row.actor,
  at: row.at,
  payload: JSON.parse(row.payload),
  session: row.session,
  ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }),
  ...(row.proof === null ? {} : { proof: row.proof }),
});

/** The entry waits for a person; the reason is shown. */
export function parkRow(tx: Writing, { position, id, subject, kind }: OutboxRow, code: string, at: string): void {
  tx.run("UPDATE outbox SET state = 'parked', last_code = ? WHERE position = ?", code, position);
  tx.journal({ at, actor: null, action: 'outbox.parked', subject, details: { id, kind, code } });
}
