import type { CommandAnswer, CommandPayload, FilingAssigned, FilingPostponed, LeaseTakenOver } from '../../shared/registry/index.ts';
import { applied, refused } from '../commands/command-answer.ts';
import { findFiling, refuseUser, unfitUser, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { endLeases, instantOf, leaseOf } from '../leases/lease-row.ts';
import { WORKERS } from './workers.ts';

/**
 * Says who works on a filing and tells every desk. Whoever knowingly takes it from a colleague is the head of the office, or has given it to him; of
 * two who took the same free one, the later has it.
 */
export async function assignFiling(
  context: CommandContext,
  { filingId, assignee, seen, reason, rule, takeOver }: CommandPayload<'filing.assign'>,
  command: string,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findFiling(context, filingId);
  if (!filing) return refused('not-found');
  const unfit = assignee === null ? null : await refuseUser(sql, workstation.court, assignee, WORKERS);
  if (unfit !== null) return unfit;
  const [held] = await sql.query<{ assignee: string | null; assigned_by: string | null }>(
    'SELECT assignee, assigned_by FROM filing WHERE id = $1',
    [filing.id],
  );
  const colleague = held?.assignee ?? null;
  const takesKnowingly = colleague !== null && colleague !== actor && colleague === seen && held?.assigned_by !== actor;
  const needsHead = takesKnowingly || takeOver === true;
  if (needsHead && (await unfitUser(sql, workstation.court, actor, ['office-head'])) !== null) return refused('role-not-allowed');
  if (takeOver && reason === undefined) return refused('input-invalid');

  // of what nobody has it is kept who had it
  const assignedBy = assignee === null ? (colleague ?? held?.assigned_by ?? null) : rule ? null : actor;
  await sql.query('UPDATE filing SET assignee = $2, assigned_by = $3 WHERE id = $1', [filing.id, assignee, assignedBy]);
  if (takeOver && filing.incoming_number === null) await takeLeaseFrom(context, filing.id, { assignee, reason: reason! });
  const data: FilingAssigned = { filingId: filing.id, assignee, by: actor, command, ...(reason && { reason }), ...(rule && { rule }) };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.assigned', subject: filing.id, at: now, data });
  return applied(null);
}

/** Ends the lease under which another than the new assignee has the filing open or keeps it; that desk and all others are told why. */
async function takeLeaseFrom(
  { sql, workstation, actor, now }: CommandContext,
  filingId: string,
  { assignee, reason }: { readonly assignee: string | null; readonly reason: string },
): Promise<void> {
  const at = instantOf(now);
  const lease = await leaseOf(sql, filingId);
  if (lease === null || lease.holder === null || lease.holder === assignee || (lease.work_until ?? '') <= at) return;
  await endLeases(sql, workstation.court, [lease.id], 'taken-over', at, { user: actor, reason });
  const data: LeaseTakenOver = {
    leaseId: lease.id,
    filingId,
    fromWorkstationId: lease.workstation,
    fromHolderId: lease.holder,
    byWorkstationId: workstation.id,
    byId: actor,
    reason,
  };
  await appendToFeed(sql, { court: workstation.court, kind: 'lease.taken-over', subject: filingId, at: now, data });
}

/** Puts a filing off, or takes it up again, and tells every desk. */
export async function postponeFiling(
  context: CommandContext,
  { filingId, until, reason }: CommandPayload<'filing.postpone'>,
  command: string,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findFiling(context, filingId);
  if (!filing) return refused('not-found');
  if ((until === null) !== (reason === null)) return refused('input-invalid');
  await sql.query('UPDATE filing SET postponed_until = $2, postpone_reason = $3 WHERE id = $1', [filing.id, until, reason]);
  const data: FilingPostponed = { filingId: filing.id, until, reason, by: actor, command };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.postponed', subject: filing.id, at: now, data });
  return applied(null);
}
