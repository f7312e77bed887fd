import type { CommandAnswer, CommandPayload, CorrectionMessage } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { findFiling, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';

/** Keeps a correction of a filing that is not registered yet, beside the message of its filer, and tells the desks of the court. */
export async function correctFiling(context: CommandContext, payload: CommandPayload<'filing.correct'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { correctionId, filingId, number, kind, category, parties, representative, reason, madeAt } = payload;
  const filing = await findFiling(context, filingId);
  if (!filing) return refused('not-found');
  if (filing.incoming_number !== null) return conflict('move-not-allowed');
  const [last] = await sql.query<{ number: number | null }>('SELECT max(number) AS number FROM filing_correction WHERE filing = $1', [
    filingId,
  ]);
  if ((last?.number ?? 0) + 1 !== number) return conflict('correction-outdated');
  const content = { kind, category, parties, representative };
  await sql.query(
    'INSERT INTO filing_correction (filing, number, id, content, reason, by_user, made_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)',
    [filingId, number, correctionId, JSON.stringify(content), reason, actor, madeAt],
  );
  const data: CorrectionMessage = { ...payload, by: actor };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.corrected', subject: filingId, at: now, data });
  return applied(null);
}
