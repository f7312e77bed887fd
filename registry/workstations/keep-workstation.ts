import { ENROLMENT_CODE_HOURS } from '../../shared/domain/court-policy.ts';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import type { Sql } from '../store/database.ts';
import { putOut } from './put-out.ts';
import { tellOfWorkstation, type WorkstationNews } from './tell-of-workstation.ts';

type Of<K extends 'workstation.invite' | 'workstation.withdraw' | 'workstation.rename' | 'workstation.revoke'> = CommandPayload<K>;

/** Keeps the hash of a code that takes one workstation in, for a day. The code itself is known only where it was made. */
export async function inviteWorkstation(
  context: CommandContext,
  { invitationId, name, codeSha256 }: Of<'workstation.invite'>,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const until = new Date(Date.parse(now) + ENROLMENT_CODE_HOURS * 3_600_000).toISOString();
  const added = await sql.query(
    `INSERT INTO enrolment_invitation (id, court, name, code_sha256, made_by, until) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING id`,
    [invitationId, workstation.court, name, codeSha256, actor, until],
  );
  if (added.length === 0) return refused('input-invalid');
  await tellOfWorkstation(sql, news(context, { id: invitationId, change: 'invited', name, before: null }));
  return applied(null);
}

/** Takes back a code that nobody has used; whoever types it afterwards is told that it has run out. */
export async function withdrawCode(context: CommandContext, { invitationId }: Of<'workstation.withdraw'>): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const [code] = await sql.query<{ name: string; usedBy: string | null; withdrawnAt: string | null }>(
    'SELECT name, used_by AS "usedBy", withdrawn_at AS "withdrawnAt" FROM enrolment_invitation WHERE id = $1 AND court = $2',
    [invitationId, workstation.court],
  );
  if (!code) return refused('not-found');
  if (code.usedBy !== null) return conflict('move-not-allowed');
  if (code.withdrawnAt !== null) return applied(null);
  await sql.query('UPDATE enrolment_invitation SET withdrawn_at = $2 WHERE id = $1', [invitationId, now]);
  await tellOfWorkstation(sql, news(context, { id: invitationId, change: 'withdrawn', name: code.name, before: code.name }));
  return applied(null);
}

export async function renameWorkstation(
  context: CommandContext,
  { workstationId, name }: Of<'workstation.rename'>,
): Promise<CommandAnswer> {
  const before = await ofCourt(context.sql, context.workstation.court, workstationId);
  if (before === null) return refused('not-found');
  if (before.revokedAt !== null) return conflict('move-not-allowed');
  await context.sql.query('UPDATE workstation SET name = $2 WHERE id = $1', [workstationId, name]);
  await tellOfWorkstation(context.sql, news(context, { id: workstationId, change: 'renamed', name, before: before.name }));
  return applied(null);
}

/** Puts a workstation out for good; not the one at which it is asked, so that nobody saws off his own branch. */
export async function putOutWorkstation(context: CommandContext, { workstationId }: Of<'workstation.revoke'>): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const before = await ofCourt(sql, workstation.court, workstationId);
  if (before === null) return refused('not-found');
  if (workstationId === workstation.id) return refused('own-workstation');
  if (before.revokedAt !== null) return applied(null);
  await putOut(sql, { id: workstationId, court: workstation.court }, now);
  await tellOfWorkstation(sql, news(context, { id: workstationId, change: 'revoked', name: before.name, before: before.name }));
  return applied(null);
}

const news = (
  { workstation, actor, now }: CommandContext,
  told: Pick<WorkstationNews, 'id' | 'change' | 'name' | 'before'>,
): WorkstationNews => ({
  ...told,
  court: workstation.court,
  at: now,
  by: actor,
  workstation: workstation.id,
});

/** A workstation of the court, or null: one of another court is as unknown as one that never was. */
async function ofCourt(sql: Sql, court: string, id: string): Promise<{ name: string; revokedAt: string | null } | null> {
  const [row] = await sql.query<{ name: string; revokedAt: string | null }>(
    'SELECT name, revoked_at AS "revokedAt" FROM workstation WHERE id = $1 AND court = $2',
    [id, court],
  );
  return row ?? null;
}
