import type { CommandAnswer, CommandPayload, FilingAssigned, FilingPostponed } from '../../shared/registry/index.ts';
import { applied, refused } from '../commands/command-answer.ts';
import { findFiling, refuseUser, unfitUser, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';

/**
 * Says who works on a filing and tells every desk. Whoever knowingly takes it from a colleague is the head of the office, or has given it to him; of
 * two who took the same free one, the later has it.
 */
export async function assignFiling(
  context: CommandContext,
  { filingId, assignee, seen }: CommandPayload<'filing.assign'>,
  command: string,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findFiling(context, filingId);
  if (!filing) return refused('not-found');
  const unfit = assignee === null ? null : await refuseUser(sql, workstation.court, assignee, ['secretary', 'office-head']);
  if (unfit !== null) return unfit;
  const [held] = await sql.query<{ assignee: string | null; assigned_by: string | null }>(
    'SELECT assignee, assigned_by FROM filing WHERE id = $1',
    [filing.id],
  );
  const colleague = held?.assignee ?? null;
  const takesKnowingly = colleague !== null && colleague !== actor && colleague === seen && held?.assigned_by !== actor;
  if (takesKnowingly && (await unfitUser(sql, workstation.court, actor, ['office-head'])) !== null) return refused('role-not-allowed');

  await sql.query('UPDATE filing SET assignee = $2, assigned_by = $3 WHERE id = $1', [filing.id, assignee, actor]);
  const data: FilingAssigned = { filingId: filing.id, assignee, by: actor, command };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.assigned', subject: filing.id, at: now, data });
  return applied(null);
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
