import type { CommandAnswer, CommandPayload, FactCorrectionMessage } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { findFiling, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';

/** Keeps a correction beside a fact of a registered filing, which stays as it was registered, and tells the desks of the court. */
export async function correctFact(context: CommandContext, payload: CommandPayload<'fact.correct'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { correctionId, filingId, fact, party, before, after, reason, madeAt } = payload;
  const filing = await findFiling(context, filingId);
  if (!filing) return refused('not-found');
  if (filing.incoming_number === null) return conflict('move-not-allowed');
  const kept = await sql.query(
    `INSERT INTO fact_correction (id, filing, fact, party, before_value, after_value, reason, by_user, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [correctionId, filingId, fact, party, before, after, reason, actor, madeAt],
  );
  if (kept.length === 0) return refused('input-invalid');
  const data: FactCorrectionMessage = { ...payload, by: actor };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.fact-corrected', subject: filingId, at: now, data });
  return applied(null);
}
