import { fail, ok, type Result } from '../../shared/result.ts';
import type { CommandPayload, JournalAnchor } from '../../shared/registry/index.ts';
import { readSetting, writeSetting, type JournalHead, type Reading, type Writing } from '../store/index.ts';
import { claimNumbers } from './claim-numbers.ts';
import { CURSOR } from './feed-chain.ts';
import { abandonNumbers, clearFinding, readFinding, type FindingCode, type HistoryFinding } from './history-finding.ts';
import { forgetHistoryKey } from './history-key.ts';
import { forgetReceipt, isSigned, keepReceipt, type AnchorParts } from './journal-anchors.ts';
import type { WorkstationIdentity } from './registry-client.ts';

/** `actor` is an office head or an administrator; `reason` is kept in the journal and at the registry. */
export type Decision = { readonly actor: string; readonly reason: string };

/** After these the registry may lack what it was sent. */
const SENT_AGAIN: ReadonlySet<string> = new Set<FindingCode>(['registry-history-changed', 'registry-history-shorter', 'registry-restored']);
/** After these another key of the registry is taken for its own. */
const OTHER_KEY: ReadonlySet<string> = new Set<FindingCode>(['registry-key-changed', 'registry-head-unsigned']);
const ASKED = 'history.accept-asked';

/**
 * A person lets the desk go on with what both sides have now. What was found stays in the journal and at the registry. Where the registry has to
 * agree, the journal says first that it was asked and, in the transaction in which the desk goes on, that it was accepted.
 * Errors: `not-found` when nothing waits for a decision, `database-swapped` when the database is another workstation's, those of the registry.
 */
export async function acceptHistory(parts: AnchorParts, decision: Decision): Promise<Result<null>> {
  const { store } = parts;
  const finding = readFinding(store.read);
  if (!finding) return fail('not-found');
  const owner = readSetting<WorkstationIdentity>(store.read, 'workstation.identity')?.workstationId;
  if (finding.code === 'database-swapped' && owner !== parts.workstationId) return fail('database-swapped', { entry: finding.entry });
  if (!SENT_AGAIN.has(finding.code)) return askRegistry(parts, finding, decision);
  store.write((tx) => goOnFromThere(parts, tx, finding, decision));
  return ok(null);
}

/** The desk needs no word of the registry to send its work again; the decision goes there with that work. */
function goOnFromThere(parts: AnchorParts, tx: Writing, finding: HistoryFinding, decision: Decision): void {
  const { store, clock, newId } = parts;
  const [at, { actor, reason }] = [clock(), decision];
  note(parts, tx, 'history.accepted', finding, decision);
  const head = store.journalHead();
  claimNumbers(tx, { actor, at, newId });
  readAgain(tx, finding.entry - 1, at);
  // what was anchored of this journal before still holds
  const payload: CommandPayload<'journal.accept'> = { ...head, finding: finding.code, lastGood: head.entries, reason };
  tx.outbox({ id: newId(), subject: 'journal', kind: 'journal.accept', actor, at, uploads: [], payload });
  forgetReceipt(tx);
  clearFinding(tx);
}

/** The head that the registry takes is the entry that tells who asked. */
async function askRegistry(parts: AnchorParts, finding: HistoryFinding, decision: Decision): Promise<Result<null>> {
  const { store, command, clock, newId } = parts;
  const head = store.write((tx) => {
    note(parts, tx, ASKED, finding, decision);
    return store.journalHead();
  });
  const payload: CommandPayload<'journal.accept'> = {
    ...head,
    finding: finding.code,
    lastGood: OTHER_KEY.has(finding.code) ? 0 : finding.entry - 1,
    reason: decision.reason,
  };
  const answer = await command({
    ...{ id: newId(), kind: 'journal.accept', schemaVersion: 1, subject: 'workstation' },
    ...{ actor: decision.actor, at: clock(), payload },
  });
  if (!answer.ok) return answer;
  const { outcome, code, receipt } = answer.value;
  if (outcome !== 'applied' && outcome !== 'duplicate')
    return code === 'role-not-allowed' || code === 'update-needed' ? fail(code) : fail('registry-refused', { code: code ?? outcome });
  conclude(parts, finding, decision, { head, receipt });
  return ok(null);
}

type Taken = { readonly head: JournalHead; readonly receipt: JournalAnchor | undefined };

function conclude(parts: AnchorParts, finding: HistoryFinding, decision: Decision, { head, receipt }: Taken): void {
  parts.store.write((tx) => {
    // the answer and a round may both bring it
    if (readFinding(tx)?.foundAt !== finding.foundAt) return;
    if (OTHER_KEY.has(finding.code)) forgetHistoryKey(tx);
    keepReceipt(tx, head, receipt, true);
    clearFinding(tx);
    note(parts, tx, 'history.accepted', finding, decision);
  });
}

/**
 * The registry was asked and its answer was never heard, because the line or the program broke: it has accepted when its newest anchor is the
 * entry that asked, for a desk in doubt anchors nothing else. Without a line it is looked at again in the next round.
 */
export async function concludeAsked(parts: AnchorParts): Promise<void> {
  const { store, client, workstationId } = parts;
  const finding = readFinding(store.read);
  if (finding === null || SENT_AGAIN.has(finding.code) || askedOf(store.read).length === 0) return;
  const newest = await client.journalAnchors(null, 1);
  const anchor = newest.ok ? newest.value.anchors[0] : undefined;
  const asked = anchor && askedOf(store.read).find(({ seq, hash }) => seq === anchor.entries && hash === anchor.head);
  if (anchor === undefined || asked === undefined) return;
  if (!OTHER_KEY.has(finding.code) && isSigned(store.read, workstationId, anchor) === false) return;
  const { reason } = JSON.parse(asked.details) as { reason: string };
  conclude(parts, finding, { actor: asked.actor, reason }, { head: { entries: asked.seq, head: asked.hash }, receipt: anchor });
}

type Asked = { readonly seq: number; readonly hash: string; readonly actor: string; readonly details: string };

/** The entries by which the registry was asked to accept what was found last. */
const askedOf = (read: Reading): Asked[] =>
  read.all<Asked>(
    "SELECT seq, hash, actor, details FROM journal WHERE action = ? AND seq > (SELECT max(seq) FROM journal WHERE action = 'history.found')",
    ASKED,
  );

function note({ clock }: AnchorParts, tx: Writing, action: string, { code, entry }: HistoryFinding, { actor, reason }: Decision): void {
  tx.journal({ at: clock(), actor, action, subject: null, details: { code, entry, reason } });
}

/** The feed is read again from where both still agree, and all that was sent is sent again: its keys make that harmless. */
function readAgain(tx: Writing, lastGood: number, at: string): void {
  tx.run('DELETE FROM feed_link WHERE seq > ?', lastGood);
  tx.run('DELETE FROM feed_deferred WHERE seq > ?', lastGood);
  writeSetting(tx, CURSOR, Math.min(readSetting<number>(tx, CURSOR) ?? 0, lastGood));
  tx.run("UPDATE outbox SET state = 'waiting', attempts = 0, next_attempt_at = NULL WHERE state = 'done' AND last_code IS NOT 'withdrawn'");
  abandonNumbers(tx, at);
}
