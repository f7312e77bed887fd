import type { AnnexMessage, CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { applied, refused } from './command-answer.ts';
import { findFiling, type CommandContext } from './command-context.ts';

/** Takes papers that somebody handed in to a filing of the court; its message and its moments stay as they are. */
export async function addAnnexes(context: CommandContext, payload: CommandPayload<'filing.add-annexes'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { annexId, filingId, receivedAt, handedInBy, documents } = payload;
  const { court } = workstation;
  if ((await findFiling(context, filingId)) === null) return refused('not-found');
  for (const { sha256, size } of documents.flatMap((d) => [d, ...d.signatures]))
    if ((await sizeForCourt(sql, court, sha256)) !== size) return refused('document-missing');
  const kept = await sql.query(
    `INSERT INTO filing_annex (id, filing, handed_in_by, documents, received_at, taken_by) VALUES ($1, $2, $3, $4::jsonb, $5, $6)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [annexId, filingId, handedInBy, JSON.stringify(documents), receivedAt, actor],
  );
  if (kept.length === 0) return refused('input-invalid');
  const data: AnnexMessage = { ...payload, takenBy: actor };
  await appendToFeed(sql, { court, kind: 'filing.annexed', subject: filingId, at: now, data });
  return applied(null);
}
