import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import { tellRecipients } from '../notifications/tell-recipients.ts';
import { applied, refused } from './command-answer.ts';
import { readHere, type CommandContext } from './command-context.ts';

/** Lets the recipients fetch an issued act and tells them. Dispatching again adds recipients and keeps the first moment. */
export async function dispatchAct(
  registry: Registry,
  context: CommandContext,
  payload: CommandPayload<'act.dispatch'>,
): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const { recipients } = payload;
  const filing = await findWholeFiling(sql, workstation.court, payload.filingId);
  if (!filing || !(await readHere(context, recipients))) return refused('not-found');
  const dispatched = await sql.query(
    `UPDATE act SET dispatched_at = coalesce(dispatched_at, $3), recipients = recipients || $4::jsonb WHERE id = $1 AND filing = $2 RETURNING id`,
    [payload.actId, filing.id, now, JSON.stringify(recipients)],
  );
  if (dispatched.length === 0) return refused('not-found');
  const facts = filing.incomingNumber === null ? {} : { incomingNumber: filing.incomingNumber };
  const telling = { court: workstation.court, kind: 'act-dispatched', subject: payload.actId, filing, facts, now } as const;
  await tellRecipients(registry, sql, telling, recipients);
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}
