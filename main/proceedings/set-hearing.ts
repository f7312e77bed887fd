import type { HearingPlan } from '../../shared/contract/index.ts';
import type { HearingMessage } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { forgetDraft } from './form-drafts.ts';
import { readHearing, subjectOf } from './hearing-row.ts';
import type { ProceedingsParts } from './proceedings-parts.ts';

type Deciding = Pick<ProceedingsParts, 'store' | 'clock' | 'newId'>;

/** `hearing`: the one that is moved, in the revision that was seen; null for a new one. */
export type SettingHearing = {
  readonly filingId: string;
  readonly hearing: { readonly id: string; readonly revision: number } | null;
  readonly plan: HearingPlan;
  readonly actor: string;
};

/**
 * Sets a hearing of a registered filing, or of the case it belongs to, or moves one. It holds at once here and is told when the registry has it.
 * Errors: `not-found`, `move-not-allowed` before registration and after cancelling, `stale-revision`, `input-invalid` naming the field.
 */
export function setHearing(parts: Deciding, { filingId, hearing, plan, actor }: SettingHearing): Result<{ hearingId: string }> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = readFiling(tx, filingId);
    if (!filing) return fail('not-found');
    if (filing.registeredAt === null) return fail('move-not-allowed', { state: filing.state });
    const field = wrongField(tx, plan, at);
    if (field !== null) return fail('input-invalid', { field });
    const before = hearing === null ? null : readHearing(tx, hearing.id);
    if (hearing !== null && before === null) return fail('not-found');
    if (before !== null && before.value.cancelledAt !== null) return fail('move-not-allowed', { state: 'cancelled' });
    if (before !== null && before.value.revision !== hearing!.revision) return fail('stale-revision');

    const caseNumber = filing.caseNumber ?? filing.joinsCase;
    const about = before?.value ?? { filingId: caseNumber === null ? filingId : null, caseNumber };
    const payload = {
      ...{ hearingId: hearing?.id ?? parts.newId(), filingId: about.filingId, caseNumber: about.caseNumber },
      ...{ revision: (before?.value.revision ?? 0) + 1, ...plan },
    };
    const message: HearingMessage = { ...payload, cancelledAt: null, cancelReason: null };
    const command = parts.newId();
    const subject = subjectOf(tx, message);
    keepOwn(tx, message, command);
    const action = before === null ? 'hearing.set' : 'hearing.moved';
    const details = { hearing: message.hearingId, revision: message.revision, startsAt: plan.startsAt, recipients: plan.recipients.length };
    tx.journal({ at, actor, action, subject: filingId, details });
    tx.outbox({ id: command, subject, kind: 'hearing.set', actor, at, uploads: [], payload });
    forgetDraft(tx, { user: actor, filingId, form: 'hearing' });
    return ok({ hearingId: message.hearingId });
  });
}

/** Those who were told are told that it does not take place. Errors: `not-found`, `move-not-allowed` when it is cancelled already. */
export function cancelHearing(
  parts: Deciding,
  { hearingId, reason, actor }: { readonly hearingId: string; readonly reason: string | null; readonly actor: string },
): Result<null> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const hearing = readHearing(tx, hearingId);
    if (!hearing) return fail('not-found');
    if (hearing.value.cancelledAt !== null) return fail('move-not-allowed', { state: 'cancelled' });
    const command = parts.newId();
    const subject = subjectOf(tx, hearing.value);
    keepOwn(tx, { ...hearing.value, cancelledAt: at, cancelReason: reason }, command);
    tx.journal({ at, actor, action: 'hearing.cancelled', subject, details: { hearing: hearingId } });
    tx.outbox({ id: command, subject, kind: 'hearing.cancel', actor, at, uploads: [], payload: { hearingId, reason } });
    return ok(null);
  });
}

function keepOwn(tx: Writing, message: HearingMessage, command: string): void {
  tx.run(
    `INSERT INTO hearing (id, filing_id, case_number, own, command) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET own = excluded.own, command = excluded.command`,
    message.hearingId,
    message.filingId,
    message.caseNumber,
    JSON.stringify(message),
    command,
  );
}

/** The first field that the registry would not take, or that makes no sense; null when there is none. */
function wrongField(read: Reading, { startsAt, mode, link, judgeId }: HearingPlan, now: string): string | null {
  if (Date.parse(startsAt) <= Date.parse(now)) return 'startsAt';
  if ((mode === 'video') !== (link !== null)) return 'link';
  const judge = read.get(
    "SELECT 1 FROM app_user WHERE id = ? AND active = 1 AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'judge')",
    judgeId,
  );
  return judgeId !== null && judge === undefined ? 'judgeId' : null;
}
