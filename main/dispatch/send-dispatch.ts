import type { DispatchStepView } from '../../shared/contract/index.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CommandKind, CommandPayload, LetterEvent } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';
import { checkSteps, keyOf } from './dispatch-plan.ts';
import type { DispatchParts } from './dispatch-parts.ts';
import { isDone, recipientsOf, readRecipient } from './read-recipients.ts';
import { readSignedAct } from './signed-act.ts';

/** Noon of a court day, for what is known to the day alone. */
const NOON = 'T07:00:00.000Z';

export type Sending = {
  readonly actId: string;
  readonly actor: string;
  readonly recipients: readonly {
    readonly name: string;
    readonly namesake?: number | undefined;
    readonly filingId: string | null;
    readonly steps: readonly DispatchStepView[];
  }[];
};

/**
 * Queues an act for people. It goes after the act itself, and is called sent when the registry says so. Whoever is being told already is left out.
 * Errors: `not-found` for drafts and what was set aside, `input-invalid`, `address-unusable`.
 */
export function sendDispatch(parts: DispatchParts, { actId, actor, recipients }: Sending): Result<{ ids: string[] }> {
  if (recipients.length === 0) return fail('input-invalid', { field: 'recipients' });
  for (const { steps, filingId } of recipients) {
    const checked = checkSteps(steps, filingId !== null);
    if (!checked.ok) return checked;
  }
  return parts.store.write((tx) => {
    const act = readSignedAct(tx, actId);
    if (!act) return fail('not-found');
    const told = new Set(recipientsOf(tx, act).map(keyOf));
    const left = recipients.filter(
      (one, at) => !told.has(keyOf(one)) && recipients.findIndex((other) => keyOf(other) === keyOf(one)) === at,
    );
    if (left.length === 0) return ok({ ids: [] });
    const at = parts.clock();
    const command = parts.newId();
    const named = left.map(({ name, namesake, filingId, steps }) => ({
      ...{ id: parts.newId(), name, filingId, steps: [...steps] },
      ...(namesake === undefined ? {} : { namesake }),
    }));
    for (const { id, ...recipient } of named)
      tx.run(
        'INSERT INTO dispatch (id, act_id, recipient, made_by, made_at, command) VALUES (?, ?, ?, ?, ?, ?)',
        ...[id, actId, JSON.stringify(recipient), actor, at, command],
      );
    tx.journal({ at, actor, action: 'dispatch.asked', subject: act.filingId, details: { act: actId, recipients: named.length } });
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', act.filingId);
    const payload = { actId, filingId: act.filingId, recipients: named };
    tx.outbox({ id: command, subject: act.filingId, kind: 'dispatch.send', actor, at, uploads: [], payload });
    return ok({ ids: named.map(({ id }) => id) });
  });
}

/** One recipient of an act, and who does it. */
type Naming = { readonly actId: string; readonly id: string; readonly actor: string };

/**
 * Begins anew for one person, by other ways or to another address, for a written reason. Errors: `not-found`, `move-not-allowed` when the act
 * has reached the person, `input-invalid`, `address-unusable`.
 */
export function resendDispatch(
  parts: DispatchParts,
  { actId, id, steps, reason, actor }: Naming & { readonly steps: readonly DispatchStepView[]; readonly reason: string },
): Result<null> {
  return change(parts, { actId, id }, (tx, { filingId, reads }) => {
    const checked = checkSteps(steps, reads);
    if (!checked.ok) return checked;
    const channels = steps.map(({ channel }) => channel).join(' ');
    queue(parts, tx, {
      ...{ id, actor, filingId, kind: 'dispatch.resend', payload: { deliveryId: id, filingId, steps: [...steps] } },
      journal: { action: 'dispatch.asked-again', details: { act: actId, delivery: id, channels, reason } },
    });
    return ok(null);
  });
}

const LETTER_ENTRIES = {
  'handed-over': { action: 'dispatch.letter-handed-over' },
  delivered: { action: 'dispatch.letter-delivered' },
  returned: { action: 'dispatch.letter-returned' },
} as const;

export type LetterRecord = Naming & {
  readonly event: LetterEvent;
  /** `YYYY-MM-DD`, not after today. */
  readonly day: string;
  /** Of the postal service. */
  readonly number: string | null;
};

/**
 * Records that a letter was handed over, delivered or returned. Errors: `not-found`, `move-not-allowed` when the act has reached the person or no
 * letter is on its way, `not-yet-issued` before the registry holds the act, `input-invalid` for a day to come.
 */
export function recordLetter(parts: DispatchParts, { actId, id, event, day, number, actor }: LetterRecord): Result<null> {
  return change(parts, { actId, id }, (tx, { filingId, letterGone, issued }) => {
    const now = parts.clock();
    const today = courtDayOf(now);
    if (day > today) return fail('input-invalid', { field: 'day' });
    // a copy of what the registry does not hold is no copy of an act
    if (!issued) return fail('not-yet-issued');
    if (event !== 'handed-over' && !letterGone) return fail('move-not-allowed', { state: 'waiting' });
    const at = day === today ? now : `${day}${NOON}`;
    queue(parts, tx, {
      ...{ id, actor, filingId, kind: 'dispatch.record', payload: { deliveryId: id, filingId, event, at, number } },
      journal: { ...LETTER_ENTRIES[event], details: { act: actId, delivery: id, day, ...(number === null ? {} : { number }) } },
    });
    return ok(null);
  });
}

type Moving = { readonly filingId: string; readonly reads: boolean; readonly letterGone: boolean; readonly issued: boolean };

function change(
  parts: DispatchParts,
  { actId, id }: Pick<Naming, 'actId' | 'id'>,
  work: (tx: Writing, moving: Moving) => Result<null>,
): Result<null> {
  return parts.store.write((tx) => {
    const known = readRecipient(tx, id);
    if (known?.act.id !== actId) return fail('not-found');
    const { act, recipient, reads } = known;
    if (isDone(recipient)) return fail('move-not-allowed', { state: recipient.state });
    return work(tx, { filingId: act.filingId, reads, letterGone: recipient.letterGone, issued: act.issued });
  });
}

type Queued<K extends CommandKind> = {
  readonly id: string;
  readonly actor: string;
  readonly filingId: string;
  readonly kind: K;
  readonly payload: CommandPayload<K>;
  readonly journal: { readonly action: string; readonly details: Record<string, string | number> };
};

function queue<K extends 'dispatch.resend' | 'dispatch.record'>(parts: DispatchParts, tx: Writing, queued: Queued<K>): void {
  const { id, actor, filingId, kind, payload, journal } = queued;
  const at = parts.clock();
  const command = parts.newId();
  tx.run(
    'INSERT INTO dispatch_change (command, dispatch_id, content, made_by, made_at) VALUES (?, ?, ?, ?, ?)',
    ...[command, id, JSON.stringify(payload), actor, at],
  );
  tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filingId);
  tx.journal({ at, actor, subject: filingId, ...journal });
  tx.outbox({ id: command, subject: filingId, kind, actor, at, uploads: [], payload });
}
