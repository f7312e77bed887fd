import { DECIDED_STATE, decisionOf, RULING_KINDS } from '../../shared/domain/decision.ts';
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';
import { forgetDraft } from './forget-draft.ts';

/**
 * The judge has decided at another desk: the filing is where the ruling leads, and what is still drafted here is nobody's to sign. A ruling that
 * was signed here too stays as it is, for people to look at.
 */
export function followDecision(tx: Writing, remote: RegistryFilingState, at: string): void {
  const state = Object.values(DECIDED_STATE).find((decided) => decided === remote.state);
  const ruling = remote.acts.findLast(({ kind }) => decisionOf(kind) !== null);
  const same = tx.get('SELECT 1 FROM filing WHERE id = ? AND incoming_number = ?', remote.id, remote.incomingNumber);
  if (!state || !ruling || !same) return;
  tx.run("UPDATE filing SET state = ?, revision = revision + 1 WHERE id = ? AND state IN ('registered','with-judge')", state, remote.id);
  const drafts = tx.all<{ id: string; kind: string }>(
    `SELECT id, kind FROM act WHERE filing_id = ? AND state = 'draft' AND kind IN (${RULING_KINDS.map(() => '?').join(', ')})`,
    ...[remote.id, ...RULING_KINDS],
  );
  for (const { id, kind } of drafts) {
    forgetDraft(tx, id);
    tx.journal({ at, actor: null, action: 'act.discarded', subject: remote.id, details: { act: id, kind, issued: ruling.id } });
  }
  if (drafts.length > 0) tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', remote.id);
}
