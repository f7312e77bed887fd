import type { CommandAnswer, CommandPayload, NoteMessage } from '../../shared/registry/index.ts';
import { applied, refused } from '../commands/command-answer.ts';
import { findFiling, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';

/** Keeps a note of the office on a filing and tells the desks of its court, nobody else. */
export async function addNote(
  context: CommandContext,
  { noteId, filingId, text, madeAt }: CommandPayload<'note.add'>,
): Promise<CommandAnswer> {
  const { sql, actor, now } = context;
  if ((await findFiling(context, filingId)) === null) return refused('not-found');
  const kept = await sql.query(
    'INSERT INTO filing_note (id, filing, content, by_user, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING id',
    [noteId, filingId, text, actor, madeAt],
  );
  if (kept.length === 0) return refused('input-invalid');
  return tell(context, { noteId, filingId, text, by: actor, madeAt, withdrawnAt: null }, now);
}

/** Marks a note as withdrawn; only whoever wrote it may. */
export async function withdrawNote(context: CommandContext, { noteId, filingId }: CommandPayload<'note.withdraw'>): Promise<CommandAnswer> {
  const { sql, actor, now } = context;
  if ((await findFiling(context, filingId)) === null) return refused('not-found');
  const [note] = await sql.query<{ content: string; by_user: string; made_at: string }>(
    'SELECT content, by_user, made_at FROM filing_note WHERE id = $1 AND filing = $2',
    [noteId, filingId],
  );
  if (!note) return refused('not-found');
  if (note.by_user !== actor) return refused('role-not-allowed');
  const [kept] = await sql.query<{ withdrawn_at: string }>(
    'UPDATE filing_note SET withdrawn_at = coalesce(withdrawn_at, $2) WHERE id = $1 RETURNING withdrawn_at',
    [noteId, now],
  );
  const { content: text, by_user: by, made_at: madeAt } = note;
  return tell(context, { noteId, filingId, text, by, madeAt, withdrawnAt: kept!.withdrawn_at }, now);
}

async function tell({ sql, workstation: { court } }: CommandContext, data: NoteMessage, at: string): Promise<CommandAnswer> {
  await appendToFeed(sql, { court, kind: 'note.changed', subject: data.noteId, at, data });
  return applied(null);
}
