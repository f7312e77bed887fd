import type { CommandAnswer, CommandPayload, LinkMessage } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { applied, refused } from './command-answer.ts';
import { findFiling, type CommandContext } from './command-context.ts';

/** Links two filings of the court. Another desk may have linked them before: then nothing is told again. */
export async function linkFilings(context: CommandContext, payload: CommandPayload<'filing.link'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { filingId, otherId, linkedAt } = payload;
  if (filingId === otherId) return refused('input-invalid');
  for (const id of [filingId, otherId]) if ((await findFiling(context, id)) === null) return refused('not-found');
  const [a, b] = [filingId, otherId].sort();
  const linked = await sql.query(
    'INSERT INTO filing_link (a, b, by_user, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING a',
    [a, b, actor, linkedAt],
  );
  if (linked.length === 0) return applied(null);
  const data: LinkMessage = { ...payload, by: actor };
  await appendToFeed(sql, { court: workstation.court, kind: 'filing.linked', subject: filingId, at: now, data });
  return applied(null);
}
