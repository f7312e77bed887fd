import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { findFiling, moveThrough, refuseUser, type CommandContext } from './command-context.ts';

/** Puts a registered filing before a judge of the same court. */
export async function sendToJudge(context: CommandContext, payload: CommandPayload<'filing.send-to-judge'>): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  const state = moveThrough(filing.state, 'send-to-judge');
  if (state === null) return conflict('move-not-allowed');
  const unfit = await refuseUser(sql, workstation.court, payload.judgeId, ['judge']);
  if (unfit !== null) return unfit;

  await sql.query('UPDATE filing SET state = $2, judge = $3 WHERE id = $1', [filing.id, state, payload.judgeId]);
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}
