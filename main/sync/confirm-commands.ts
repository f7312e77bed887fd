import { isOfWorkstation } from '../../shared/registry/index.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Writing } from '../store/index.ts';
import { envelopeOf, parkRow, type OutboxRow } from './outbox-row.ts';

/** Why the registry does not take a mandate, in its own codes. */
export const REFUSALS = [
  'user-unknown',
  'user-inactive',
  'certificate-unlisted',
  'certificate-outdated',
  'mandate-invalid',
  'mandate-untimely',
  'key-algorithm-unsupported',
] as const satisfies readonly ErrorCode[];
/** What the same person can heal by signing in again. */
const HEALED_BY_SIGNING_IN: readonly string[] = [...REFUSALS, 'session-unknown', 'session-over', 'proof-invalid', 'proof-missing'];

/** Everything that waits under a session which the registry does not take is parked with that reason. */
export function parkSession(tx: Writing, session: string, code: string, at: string): void {
  const rows = tx.all<OutboxRow>("SELECT * FROM outbox WHERE session = ? AND state <> 'done' AND state IN ('waiting','sending')", session);
  for (const row of rows) parkRow(tx, row, code, at);
}

/**
 * The person has signed in again: what was refused for want of a valid proof, or never had one, is proven anew and goes again. It
 * keeps the time at which it was done; the time of confirming stands beside it.
 */
export function confirmOwn(tx: Writing, userId: string, at: string): void {
  const rows = tx.all<OutboxRow>(
    "SELECT * FROM outbox WHERE actor = ? AND state <> 'done' AND state IN ('waiting','parked') ORDER BY +position",
    userId,
  );
  for (const row of rows) {
    const unproven = row.proof === null && !isOfWorkstation(row.kind);
    if (row.state === 'parked' ? mayConfirm(row) : unproven) confirmRow(tx, row, at);
  }
}

export const mayConfirm = ({ last_code }: OutboxRow): boolean => HEALED_BY_SIGNING_IN.includes(last_code ?? '');

/** False when no session of its actor is open. */
export function confirmRow(tx: Writing, row: OutboxRow, at: string): boolean {
  const proven = isOfWorkstation(row.kind) ? { session: null, proof: null } : tx.prove({ ...envelopeOf(row), confirmedAt: at });
  if (proven === null) return false;
  tx.run(
    "UPDATE outbox SET state = 'waiting', next_attempt_at = NULL, session = ?, proof = ?, confirmed_at = ? WHERE position = ?",
    proven.session,
    proven.proof,
    proven.proof === null ? null : at,
    row.position,
  );
  const { id, kind, subject, actor } = row;
  tx.journal({ at, actor, action: 'outbox.confirmed', subject, details: { id, kind } });
  return true;
}
