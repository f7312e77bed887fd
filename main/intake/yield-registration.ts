import { filingStateSchema } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Writing } from '../store/index.ts';
import { adoptForeignRegistration } from './adopt-registry-state.ts';

type Own = { incoming_number: string | null; case_number: string | null; confirmed_at: string | null };
type By = { readonly actor: string; readonly at: string; readonly newId: () => string };

/**
 * This desk's registration of a filing gives way to the one that the registry holds. Its numbers become void and are accounted for, its
 * talon, drafts and unsent words about it are withdrawn. Errors: `not-found` without such a conflict, `act-signed` when a judge has signed
 * a ruling under the numbers of this desk: that needs people.
 */
export function yieldRegistration(tx: Writing, filingId: string, { actor, at, newId }: By): Result<null> {
  const conflict = tx.get<{ state: string }>('SELECT state FROM registration_conflict WHERE filing_id = ?', filingId);
  const own = tx.get<Own>('SELECT incoming_number, case_number, confirmed_at FROM filing WHERE id = ?', filingId);
  if (!conflict || !own || own.incoming_number === null || own.confirmed_at !== null) return fail('not-found');
  if (tx.get("SELECT 1 FROM act WHERE filing_id = ? AND state <> 'draft'", filingId)) return fail('act-signed');
  const numbers = { incomingNumber: own.incoming_number, caseNumber: own.case_number };

  tx.run("UPDATE outbox SET state = 'done', last_code = 'withdrawn' WHERE subject = ? AND state <> 'done'", filingId);
  tx.run('DELETE FROM talon WHERE filing_id = ?', filingId);
  tx.run('DELETE FROM act WHERE filing_id = ?', filingId);
  tx.run('DELETE FROM court_case WHERE opened_by = ? AND number = ?', filingId, numbers.caseNumber);
  tx.run('UPDATE filing SET registered_by = NULL, judge_id = NULL WHERE id = ?', filingId);
  tx.run('DELETE FROM registration_conflict WHERE filing_id = ?', filingId);
  tx.journal({
    at,
    actor,
    action: 'registration.yielded',
    subject: filingId,
    details: { incomingNumber: numbers.incomingNumber, case: numbers.caseNumber ?? '' },
  });
  adoptForeignRegistration(tx, filingStateSchema.parse(JSON.parse(conflict.state)), at);
  tx.outbox({ id: newId(), subject: filingId, kind: 'number.void', actor, at, uploads: [], payload: { filingId, ...numbers } });
  return ok(null);
}
