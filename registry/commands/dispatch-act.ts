import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { applied, refused } from './command-answer.ts';
import { findFiling, type CommandContext } from './command-context.ts';

/** Lets the recipients fetch an issued act. Dispatching again adds recipients and keeps the first moment. */
export async function dispatchAct(context: CommandContext, payload: CommandPayload<'act.dispatch'>): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  const dispatched = await sql.query(
    `UPDATE act SET dispatched_at = coalesce(dispatched_at, $3), recipients = recipients || $4::jsonb WHERE id = $1 AND filing = $2 RETURNING id`,
    [payload.actId, filing.id, now, JSON.stringify(payload.recipients)],
  );
  if (dispatched.length === 0) return refused('not-found');
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}
