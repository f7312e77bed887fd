import { RULING_KINDS } from '../../shared/domain/decision.ts';
import { FILING_STATES, type FilingState } from '../../shared/domain/filing-status.ts';
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Writing } from '../store/index.ts';
import { adoptForeignRegistration } from './adopt-registry-state.ts';
import { settleOwnWork } from './adopt-work.ts';
import { restoreProposal } from './recalled-proposals.ts';
import { ownFactSubject } from './work-subject.ts';

type Own = {
  state: FilingState;
  verdict: string | null;
  incoming_number: string | null;
  case_number: string | null;
  talon_sha256: string | null;
};
export type TakingState = {
  readonly actor: string;
  readonly at: string;
  readonly newId: () => string;
  /** In words; kept in the journal. */
  readonly reason: string;
  /** A ruling that a judge has signed here and the registry does not hold may be set aside. */
  readonly setActsAside: boolean;
  /** Numbers of this desk that the registry gave to others cannot be void. */
  readonly voidNumbers: boolean;
  /** Bytes of the registry's talon, when it is another than the one made here. */
  readonly talonSize: number | null;
};

/**
 * The filing becomes what the registry holds, and what this desk has still to say about it is withdrawn. Numbers bound here become void and are
 * accounted for; a signed act is kept, set aside; marks, defects and the journal stay. Errors: `not-found`, `act-signed` when a judge has
 * signed a ruling that the registry does not hold, `update-needed` when its state is one that this program does not know.
 */
export function takeRegistryState(tx: Writing, remote: RegistryFilingState, taking: TakingState): Result<null> {
  const own = tx.get<Own>(
    `SELECT f.state, f.verdict, f.incoming_number, f.case_number, t.sha256 AS talon_sha256
     FROM filing f LEFT JOIN talon t ON t.filing_id = f.id WHERE f.id = ?`,
    remote.id,
  );
  if (!own) return fail('not-found');
  const state = FILING_STATES.find((known) => known === remote.state);
  if (!state) return fail('update-needed');
  const loose = looseActs(tx, remote);
  if (loose.length > 0 && !taking.setActsAside) return fail('act-signed');

  const gaveWay = own.incoming_number !== null && own.incoming_number !== remote.incomingNumber;
  const withdrawn = openSubjects(remote.id, gaveWay).flatMap((subject) => withdraw(tx, subject));
  settleOwnWork(tx, remote.id);
  tx.run('DELETE FROM registration_conflict WHERE filing_id = ?', remote.id);
  for (const act of loose) setAside(tx, remote.id, act, taking);
  if (gaveWay) giveWay(tx, remote.id, own, taking);
  if (remote.incomingNumber === null) reopen(tx, remote.id, own, taking.at);
  else if (gaveWay || own.incoming_number === null) adoptForeignRegistration(tx, remote, taking.at);
  else follow(tx, remote, state, own, taking);
  if (withdrawn.includes('proposal.recall') && (remote.incomingNumber === null || remote.flagged)) restoreProposal(tx, remote.id);
  const { actor, at, reason } = taking;
  tx.journal({ at, actor, action: 'registry.taken', subject: remote.id, details: { state, withdrawn: withdrawn.join(' '), reason } });
  return ok(null);
}

type LooseAct = { id: string; signed_sha256: string };

/** Signed here and not held by the registry. */
function looseActs(tx: Writing, remote: RegistryFilingState): LooseAct[] {
  const held = new Set(remote.acts.map((act) => `${act.id} ${act.sha256}`));
  return tx
    .all<LooseAct>("SELECT id, signed_sha256 FROM act WHERE filing_id = ? AND state = 'signed' AND set_aside_at IS NULL", remote.id)
    .filter((act) => !held.has(`${act.id} ${act.signed_sha256}`));
}

function setAside(tx: Writing, filingId: string, act: LooseAct, { at, actor }: TakingState): void {
  tx.run('UPDATE act SET set_aside_at = ?, revision = revision + 1 WHERE id = ?', at, act.id);
  tx.journal({ at, actor, action: 'act.set-aside', subject: filingId, details: { act: act.id, sha256: act.signed_sha256 } });
}

/** What this desk has to say about a filing; with a registration that gives way goes what was corrected of it. */
export const openSubjects = (filingId: string, givesWay: boolean): string[] => [filingId, ...(givesWay ? [ownFactSubject(filingId)] : [])];

/** What was void stays to be said. Answers the kinds that are not sent any more. */
function withdraw(tx: Writing, subject: string): string[] {
  const open = "subject = ? AND state <> 'done' AND (kind <> 'number.void' OR state = 'parked')";
  const kinds = tx.all<{ kind: string }>(`SELECT kind FROM outbox WHERE ${open} ORDER BY position`, subject).map((row) => row.kind);
  tx.run(`UPDATE outbox SET state = 'done', last_code = 'withdrawn', next_attempt_at = NULL WHERE ${open}`, subject);
  return kinds;
}

/** The registration of this desk ends: it may have been seen, so that its numbers are never used again. */
function giveWay(tx: Writing, filingId: string, own: Own, { at, actor, newId, reason, voidNumbers }: TakingState): void {
  const numbers = { incomingNumber: own.incoming_number!, caseNumber: own.case_number };
  tx.run('DELETE FROM talon WHERE filing_id = ?', filingId);
  tx.run("DELETE FROM act WHERE filing_id = ? AND state = 'draft'", filingId);
  tx.run('DELETE FROM court_case WHERE opened_by = ? AND number = ?', filingId, numbers.caseNumber);
  tx.run('UPDATE filing SET registered_by = NULL, judge_id = NULL WHERE id = ?', filingId);
  const details = { incomingNumber: numbers.incomingNumber, case: numbers.caseNumber ?? '', reason };
  tx.journal({ at, actor, action: 'registration.yielded', subject: filingId, details });
  if (voidNumbers)
    tx.outbox({ id: newId(), subject: filingId, kind: 'number.void', actor, at, uploads: [], payload: { filingId, ...numbers } });
}

/** The registry holds it as not registered: it is checked and registered again. */
function reopen(tx: Writing, filingId: string, { verdict, state }: Own, at: string): void {
  tx.run(
    `UPDATE filing SET state = ?, incoming_number = NULL, case_number = NULL, joins_case = NULL, registered_at = NULL, confirmed_at = NULL,
       recheck_at = ?, revision = revision + 1 WHERE id = ?`,
    state === 'received' ? 'received' : 'checking',
    verdict === 'undecided' ? at : null,
    filingId,
  );
}

/** Both have the same registration; what came after it is the registry's. A talon that it has not yet is made anew. */
function follow(tx: Writing, remote: RegistryFilingState, state: FilingState, own: Own, { at, talonSize }: TakingState): void {
  tx.run(
    `UPDATE filing SET state = ?, flagged = ?, case_number = ?, joins_case = ?, registered_at = ?, confirmed_at = coalesce(confirmed_at, ?),
       judge_id = CASE WHEN ? = 'registered' THEN NULL ELSE coalesce(?, judge_id) END, revision = revision + 1 WHERE id = ?`,
    state,
    remote.flagged ? 1 : 0,
    remote.caseNumber,
    remote.joinsCase,
    remote.registeredAt ?? at,
    at,
    state,
    remote.judge ?? null,
    remote.id,
  );
  // a draft of another act stands whatever was decided
  if (state !== 'with-judge')
    tx.run(
      `DELETE FROM act WHERE filing_id = ? AND state = 'draft' AND kind IN (${RULING_KINDS.map(() => '?').join(', ')})`,
      remote.id,
      ...RULING_KINDS,
    );
  if (remote.talon === null) tx.run('UPDATE talon SET sha256 = NULL, size = NULL, confirmed_at = NULL WHERE filing_id = ?', remote.id);
  else if (talonSize !== null && remote.talon.sha256 !== own.talon_sha256)
    tx.run('UPDATE talon SET sha256 = ?, size = ?, confirmed_at = ? WHERE filing_id = ?', remote.talon.sha256, talonSize, at, remote.id);
}
