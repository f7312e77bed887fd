import { FILING_STATES, type FilingState } from '../../shared/domain/filing-status.ts';
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';
import { adoptProposal, lacksProposal } from './adopt-proposal.ts';
import { followDecision } from './follow-decision.ts';
import { keepDecision } from './keep-decision.ts';
import { keepIssuedAct } from './keep-issued-act.ts';

type Local = {
  state: FilingState;
  incoming_number: string | null;
  registered_by: string | null;
  here: 0 | 1;
  confirmed_at: string | null;
  talon_sha: string | null;
  talon_confirmed: string | null;
};

/**
 * Takes over what the registry holds true: confirmations of our own work, and what another desk did.
 * Our own newer work that the registry has not seen yet stays; legal facts that the registry has win.
 */
export function adoptRegistryState(tx: Writing, remote: RegistryFilingState, at: string): void {
  const local = tx.get<Local>(
    `SELECT f.state, f.incoming_number, f.registered_by, t.filing_id IS NOT NULL AS here, f.confirmed_at, t.sha256 AS talon_sha, t.confirmed_at AS talon_confirmed
     FROM filing f LEFT JOIN talon t ON t.filing_id = f.id WHERE f.id = ?`,
    remote.id,
  );
  if (!local) return;
  adoptCabinetNumber(tx, remote);
  adoptOverrides(tx, remote);
  if (remote.incomingNumber !== null && local.incoming_number === null) adoptForeignRegistration(tx, remote, at);
  if (local.incoming_number !== null && local.here === 0) followForeignState(tx, remote);
  if (local.incoming_number !== null && local.incoming_number === remote.incomingNumber && local.registered_by === null)
    adoptRegistrar(tx, remote);
  if (remote.state === 'fulfilled' && remote.incomingNumber === local.incoming_number)
    tx.run(
      "UPDATE filing SET state = 'fulfilled', revision = revision + 1 WHERE id = ? AND state IN ('registered','with-judge')",
      remote.id,
    );
  if (remote.incomingNumber !== null && remote.incomingNumber === local.incoming_number && local.confirmed_at === null) {
    tx.run('UPDATE filing SET confirmed_at = ?, revision = revision + 1 WHERE id = ?', at, remote.id);
    tx.journal({ at, actor: null, action: 'filing.confirmed', subject: remote.id, details: { incomingNumber: remote.incomingNumber } });
  }
  if (remote.incomingNumber !== null && local.incoming_number !== null && remote.incomingNumber !== local.incoming_number)
    noteConflict(tx, remote, at);
  if (remote.talon && remote.talon.sha256 === local.talon_sha && local.talon_confirmed === null) {
    tx.run('UPDATE talon SET confirmed_at = ? WHERE filing_id = ?', at, remote.id);
    tx.journal({ at, actor: null, action: 'talon.issued', subject: remote.id, details: { sha256: remote.talon.sha256 } });
  }
  for (const act of remote.acts) {
    keepIssuedAct(tx, remote.id, act);
    adoptAct(tx, remote.id, act, at);
    const { id: actId, kind, signedAt, terms } = act;
    const decision = act.decision ?? (terms ? { grounds: [], transferTo: null, terms } : undefined);
    if (decision) keepDecision(tx, remote.id, { actId, kind, signedAt, decision });
  }
  followDecision(tx, remote, at);
}

/** What was taken on paper here has its number of the cabinet from the first answer on; a number that another filing here has is a matter for people. */
function adoptCabinetNumber(tx: Writing, { id, cabinetNumber }: RegistryFilingState): void {
  tx.run(
    `UPDATE filing SET cabinet_number = @number, message = json_set(message, '$.cabinetNumber', @number), search_text = @number || ' ' || search_text,
       revision = revision + 1
     WHERE id = @id AND cabinet_number IS NULL AND @number <> '' AND NOT EXISTS (SELECT 1 FROM filing WHERE cabinet_number = @number)`,
    { id, number: cabinetNumber },
  );
}

/** In spite of what somebody at another desk of the court goes on. The first word on a finding stays, but for the head’s on what is fatal. */
function adoptOverrides(tx: Writing, { id, overrides }: RegistryFilingState): void {
  let kept = 0;
  for (const { finding, rule, severity, by, at, reason } of overrides ?? [])
    if ((severity === 'error' || severity === 'fatal') && reason.trim() !== '')
      kept += tx.run(
        `INSERT INTO finding_override (filing_id, finding, rule, severity, by_user, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (filing_id, finding) DO UPDATE SET severity = excluded.severity, by_user = excluded.by_user, at = excluded.at, reason = excluded.reason
         WHERE excluded.severity = 'fatal' AND finding_override.severity <> 'fatal'`,
        ...[id, finding, rule, severity, by, at, reason],
      );
  if (kept > 0) tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', id);
}

/** An act that was signed here has led it on, and the registry has not seen that act yet. */
const DECIDED_HERE = `state NOT IN ('registered','with-judge')
  AND EXISTS (SELECT 1 FROM act a WHERE a.filing_id = filing.id AND a.state = 'signed' AND a.set_aside_at IS NULL)`;

/** What another desk registered goes where that desk, or its judge, takes it, and is before the judge that it was put before there. */
function followForeignState(tx: Writing, remote: RegistryFilingState): void {
  const state = FILING_STATES.find((s) => s === remote.state);
  if (state)
    tx.run(
      `UPDATE filing SET state = ?, revision = revision + 1 WHERE id = ? AND state <> ? AND NOT (${DECIDED_HERE})`,
      state,
      remote.id,
      state,
    );
  const { id, judge } = remote;
  if (judge) tx.run('UPDATE filing SET judge_id = ?, revision = revision + 1 WHERE id = ? AND judge_id IS NOT ?', judge, id, judge);
  if (remote.flagged && lacksProposal(tx, id)) adoptProposal(tx, remote);
}

/** A filing that was registered elsewhere before desks were told by whom. */
function adoptRegistrar(tx: Writing, { id, registeredBy }: RegistryFilingState): void {
  if (registeredBy) tx.run('UPDATE filing SET registered_by = ?, revision = revision + 1 WHERE id = ?', registeredBy, id);
}

function adoptAct(tx: Writing, filingId: string, remote: RegistryFilingState['acts'][number], at: string): void {
  // the signature may have been raised meanwhile: what the registry holds is then the beginning of what is here
  const local = tx.get<{ state: string }>(
    `SELECT state FROM act WHERE id = ? AND (signed_sha256 = ? OR EXISTS (SELECT 1 FROM act_signed_version v WHERE v.act_id = act.id AND v.sha256 = ?))`,
    remote.id,
    remote.sha256,
    remote.sha256,
  );
  if (!local) return;
  if (local.state === 'signed') {
    tx.run("UPDATE act SET state = 'confirmed', set_aside_at = NULL, revision = revision + 1 WHERE id = ?", remote.id);
    tx.journal({ at, actor: null, action: 'act.issued', subject: filingId, details: { act: remote.id } });
  }
  if (remote.dispatched && local.state !== 'dispatched') {
    tx.run(
      "UPDATE act SET state = 'dispatched', dispatched_at = ?, set_aside_at = NULL, revision = revision + 1 WHERE id = ?",
      at,
      remote.id,
    );
    tx.journal({ at, actor: null, action: 'act.dispatched', subject: filingId, details: { act: remote.id } });
  }
}

/** Both sides have numbers for it. The registry's count; a person here says so, because others may have seen this desk's. */
function noteConflict(tx: Writing, remote: RegistryFilingState, at: string): void {
  tx.run(
    'INSERT INTO registration_conflict (filing_id, state, at) VALUES (?, ?, ?) ON CONFLICT (filing_id) DO UPDATE SET state = excluded.state',
    remote.id,
    JSON.stringify(remote),
    at,
  );
}

/** Papers that were handed in and not looked at yet are looked at also when it is registered. */
const NEW_ANNEX = 'EXISTS (SELECT 1 FROM document d WHERE d.filing_id = filing.id AND d.annex_id IS NOT NULL AND d.report IS NULL)';

/** Another desk of this court registered it: its numbers and state count, its judge, and what it marked. */
export function adoptForeignRegistration(tx: Writing, remote: RegistryFilingState, at: string): void {
  const state = FILING_STATES.find((s) => s === remote.state);
  if (!state) return;
  tx.run(
    `UPDATE filing SET state = ?, flagged = ?, incoming_number = ?, case_number = ?, joins_case = ?, registered_at = ?, registered_by = ?, judge_id = ?, confirmed_at = ?, recheck_at = CASE WHEN ${NEW_ANNEX} THEN recheck_at END, revision = revision + 1 WHERE id = ?`,
    state,
    remote.flagged ? 1 : 0,
    remote.incomingNumber,
    remote.caseNumber,
    remote.joinsCase,
    remote.registeredAt ?? at,
    remote.registeredBy ?? null,
    remote.judge ?? null,
    at,
    remote.id,
  );
  adoptProposal(tx, remote);
  tx.journal({ at, actor: null, action: 'filing.confirmed', subject: remote.id, details: { incomingNumber: remote.incomingNumber ?? '' } });
}
