import { fail, ok, type Result } from '../../shared/result.ts';
import { readSetting, writeSetting, type Writing } from '../store/index.ts';
import { claimNumbers } from './claim-numbers.ts';
import { CURSOR } from './feed-chain.ts';
import { abandonNumbers, clearFinding, readFinding, type FindingCode, type HistoryFinding } from './history-finding.ts';
import { forgetHistoryKey } from './history-key.ts';
import { forgetReceipt, keepReceipt, type AnchorParts } from './journal-anchors.ts';
import type { WorkstationIdentity } from './registry-client.ts';

/** `actor` is an office head or an administrator; `reason` goes to the registry and is kept there. */
export type Decision = { readonly actor: string; readonly reason: string };

/** After these the registry may lack what it was sent. */
const SENT_AGAIN: ReadonlySet<string> = new Set<FindingCode>(['registry-history-changed', 'registry-history-shorter', 'registry-restored']);

/**
 * A person lets the desk go on with what both sides have now. What was found stays in the journal and at the registry.
 * Errors: `not-found` when nothing waits for a decision, `database-swapped` when the database is another workstation's, those of the registry.
 */
export async function acceptHistory(parts: AnchorParts, decision: Decision): Promise<Result<null>> {
  const finding = readFinding(parts.store.read);
  if (!finding) return fail('not-found');
  const { store, clock } = parts;
  const owner = readSetting<WorkstationIdentity>(store.read, 'workstation.identity')?.workstationId;
  if (finding.code === 'database-swapped' && owner !== parts.workstationId) return fail('database-swapped', { entry: finding.entry });
  const details = { code: finding.code, entry: finding.entry };
  const note = (tx: Writing) => tx.journal({ at: clock(), actor: decision.actor, action: 'history.accepted', subject: null, details });
  if (SENT_AGAIN.has(finding.code)) {
    store.write((tx) => {
      note(tx);
      claimNumbers(tx, { actor: decision.actor, at: clock(), newId: parts.newId });
      readAgain(tx, finding.entry - 1, clock());
      forgetReceipt(tx);
      clearFinding(tx);
    });
    return ok(null);
  }
  store.write(note);
  const otherKey = finding.code === 'registry-key-changed' || finding.code === 'registry-head-unsigned';
  return acceptAtRegistry(parts, finding, decision, otherKey);
}

async function acceptAtRegistry(parts: AnchorParts, finding: HistoryFinding, decision: Decision, otherKey: boolean): Promise<Result<null>> {
  const { store, command, clock, newId } = parts;
  const head = store.journalHead();
  const answer = await command({
    id: newId(),
    kind: 'journal.accept',
    schemaVersion: 1,
    subject: 'workstation',
    actor: decision.actor,
    at: clock(),
    payload: { ...head, finding: finding.code, lastGood: otherKey ? 0 : finding.entry - 1, reason: decision.reason },
  });
  if (!answer.ok) return answer;
  const { outcome, code, receipt } = answer.value;
  if (outcome !== 'applied' && outcome !== 'duplicate')
    return code === 'role-not-allowed' || code === 'update-needed' ? fail(code) : fail('registry-refused', { code: code ?? outcome });
  if (otherKey) forgetHistoryKey(store);
  store.write((tx) => {
    keepReceipt(tx, head, receipt, true);
    clearFinding(tx);
  });
  return ok(null);
}

/** The feed is read again from where both still agree, and all that was sent is sent again: its keys make that harmless. */
function readAgain(tx: Writing, lastGood: number, at: string): void {
  tx.run('DELETE FROM feed_link WHERE seq > ?', lastGood);
  tx.run('DELETE FROM feed_deferred WHERE seq > ?', lastGood);
  writeSetting(tx, CURSOR, Math.min(readSetting<number>(tx, CURSOR) ?? 0, lastGood));
  tx.run("UPDATE outbox SET state = 'waiting', attempts = 0, next_attempt_at = NULL WHERE state = 'done' AND last_code IS NOT 'withdrawn'");
  abandonNumbers(tx, at);
}
