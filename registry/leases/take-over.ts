import type { CommandAnswer, CommandPayload, LeaseTakenOver } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { findFiling, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import { giveTo } from './take-lease.ts';

/**
 * The head of the office takes a filing over from another desk. Every desk of the court is told with the reason; what the former desk
 * has registered meanwhile without a line is refused while the new one has the filing.
 */
export async function takeOver(
  registry: Registry,
  context: CommandContext,
  payload: CommandPayload<'lease.take-over'>,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  if (filing.incoming_number !== null) return conflict('already-registered');
  const former = await giveTo(registry, sql, workstation, { user: actor, reason: payload.reason }, filing.id);
  if (former === 'not-held') return conflict('lease-not-held');
  const data: LeaseTakenOver = {
    leaseId: former.id,
    filingId: filing.id,
    fromWorkstationId: former.workstation,
    fromHolderId: former.holder,
    byWorkstationId: workstation.id,
    byId: actor,
    reason: payload.reason,
  };
  await appendToFeed(sql, { court: workstation.court, kind: 'lease.taken-over', subject: filing.id, at: now, data });
  return applied(null);
}
