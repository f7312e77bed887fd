import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import type { Registry } from '../http/context.ts';
import { announceHearing, findHearing, findSubject } from './hearing-row.ts';

/** A hearing that does not take place; whoever was last told of it is told so. */
export async function cancelHearing(
  registry: Registry,
  context: CommandContext,
  { hearingId, reason }: CommandPayload<'hearing.cancel'>,
): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const hearing = await findHearing(context, hearingId);
  if (!hearing || hearing.court !== workstation.court) return refused('not-found');
  if (hearing.cancelled_at !== null) return conflict('hearing-cancelled');
  await sql.query('UPDATE hearing SET cancelled_at = $2, cancel_reason = $3 WHERE id = $1', [hearingId, now, reason]);
  const subject = await findSubject(context, hearing.content);
  const filing = 'filing' in subject ? subject.filing : null;
  const cancelled = { ...hearing.content, cancelledAt: now, cancelReason: reason };
  await announceHearing(registry, context, cancelled, { event: 'hearing-cancelled', filing });
  return applied(null);
}
