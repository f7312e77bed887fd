import type { CommandAnswer, CommandPayload, ProposalRecallMessage } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { findFiling, type CommandContext } from './command-context.ts';

/** The office takes back what it proposed on a registered filing, as long as no ruling on it is here; every desk of the court hears of it. */
export async function recallProposal(context: CommandContext, payload: CommandPayload<'proposal.recall'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { recallId, filingId, reason, recalledAt } = payload;
  const filing = await findFiling(context, filingId);
  if (!filing) return refused('not-found');
  if (filing.state !== 'registered' && filing.state !== 'with-judge') return conflict('move-not-allowed');
  const kept = await sql.query(
    `INSERT INTO proposal_recall (id, filing, reason, by_user, recalled_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [recallId, filingId, reason, actor, recalledAt],
  );
  if (kept.length === 0) return refused('input-invalid');
  await sql.query('UPDATE filing SET flagged = false WHERE id = $1', [filingId]);
  const data: ProposalRecallMessage = { ...payload, by: actor };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.proposal-recalled', subject: filingId, at: now, data });
  return applied(await announceFiling(sql, workstation.court, filingId, now));
}
