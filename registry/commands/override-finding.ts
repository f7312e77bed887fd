import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { findFiling, refuseUser, type CommandContext } from './command-context.ts';

/**
 * Keeps who goes on with a filing that is not registered yet in spite of a finding, and tells every desk of the court. What is fatal only the head
 * decides, also where a lesser word was given before; else the first word on a finding stays.
 */
export async function overrideFinding(
  context: CommandContext,
  payload: CommandPayload<'finding.override'>,
  decidedAt: string,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  if (payload.severity === 'fatal') {
    const unfit = await refuseUser(sql, workstation.court, actor, ['office-head']);
    if (unfit !== null) return unfit;
  }
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  if (filing.incoming_number !== null) return conflict('move-not-allowed');
  await sql.query(
    `INSERT INTO finding_override (filing, finding, rule, severity, by_user, at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING`,
    [filing.id, payload.finding, payload.rule, payload.severity, actor, decidedAt, payload.reason],
  );
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}
