import { filingStateSchema } from '../../shared/registry/index.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Writing } from '../store/index.ts';
import { takeRegistryState } from './take-registry-state.ts';

type By = { readonly actor: string; readonly at: string; readonly newId: () => string; readonly reason?: string };

/**
 * This desk's registration of a filing gives way to the one that the feed has told of; needs no line. Errors: `not-found` without such a
 * conflict, those of takeRegistryState.
 */
export function yieldRegistration(tx: Writing, filingId: string, { actor, at, newId, reason = '' }: By): Result<null> {
  const conflict = tx.get<{ state: string }>('SELECT state FROM registration_conflict WHERE filing_id = ?', filingId);
  const own = tx.get('SELECT 1 FROM filing WHERE id = ? AND incoming_number IS NOT NULL AND confirmed_at IS NULL', filingId);
  if (!conflict || !own) return fail('not-found');
  const remote = filingStateSchema.parse(JSON.parse(conflict.state));
  return takeRegistryState(tx, remote, { actor, at, newId, reason, setActsAside: false, voidNumbers: true, talonSize: null });
}
