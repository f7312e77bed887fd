import { ok, type Result } from '../../shared/result.ts';
import type { DispatchParts } from './dispatch-parts.ts';
import { proposedRecipients } from './dispatch-plan.ts';
import { readDispatch } from './read-dispatches.ts';
import { sendDispatch } from './send-dispatch.ts';

/** Sends an act to those whom the office data names, by their ways; nobody twice. Errors: those of `sendDispatch`. */
export function sendAsProposed(parts: DispatchParts, { actId, actor }: { readonly actId: string; readonly actor: string }): Result<null> {
  const seen = readDispatch(parts.store.read, parts.reference, { judgeId: null, actId, now: parts.clock() });
  if (!seen.ok) return seen;
  const recipients = proposedRecipients(seen.value.people);
  if (recipients.length === 0) return ok(null);
  const sent = sendDispatch(parts, { actId, actor, recipients });
  return sent.ok ? ok(null) : sent;
}
