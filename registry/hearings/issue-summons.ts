import type { CommandAnswer, CommandPayload, SummonsMessage } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { readHere, type CommandContext } from '../commands/command-context.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import { readingFiling, tellRecipients } from '../notifications/tell-recipients.ts';
import { findHearing, findSubject, hearingFacts } from './hearing-row.ts';

/** Takes the summons of one person to a hearing; in the cabinet it is read under his own filing's number alone. */
export async function issueSummons(
  registry: Registry,
  context: CommandContext,
  payload: CommandPayload<'summons.issue'>,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { summonsId, hearingId, recipient, sha256, size } = payload;
  const hearing = await findHearing(context, hearingId);
  if (!hearing || hearing.court !== workstation.court || !(await readHere(context, [recipient]))) return refused('not-found');
  if (hearing.cancelled_at !== null) return conflict('hearing-cancelled');
  if ((await sql.query('SELECT 1 FROM summons WHERE id = $1', [summonsId])).length > 0) return conflict('summons-issued');
  if ((await sizeForCourt(sql, workstation.court, sha256)) !== size) return refused('document-missing');

  const subject = await findSubject(context, hearing.content);
  const filing = 'filing' in subject ? subject.filing : null;
  const reader = (await readingFiling(sql, workstation.court, filing, recipient))?.id ?? null;
  await sql.query(
    'INSERT INTO summons (id, hearing, filing, recipient, sha256, issued_by, issued_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)',
    [summonsId, hearingId, reader, JSON.stringify(recipient), sha256, actor, now],
  );
  if (reader !== null)
    await sql.query('INSERT INTO hearing_reader (filing, hearing) VALUES ($1, $2) ON CONFLICT DO NOTHING', [reader, hearingId]);
  const data: SummonsMessage = { ...payload, issuedAt: now };
  await appendToFeed(sql, { court: workstation.court, kind: 'summons.issued', subject: summonsId, at: now, data });
  const telling = {
    court: workstation.court,
    kind: 'summons',
    subject: summonsId,
    filing,
    facts: hearingFacts(hearing.content),
    now,
  } as const;
  await tellRecipients(registry, sql, telling, [recipient]);
  return applied(null);
}
