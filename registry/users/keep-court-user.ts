import { createHash } from 'node:crypto';
import { iinOfSubject } from '../../shared/domain/identifier.ts';
import { userText, type CommandAnswer, type CommandPayload } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import type { Sql } from '../store/database.ts';
import { certificateOf, findUser, keepUser } from './keep-user.ts';

/**
 * An administrator adds a person of his court or changes one whom he has seen as the person is. Nobody shuts himself out: he stays an
 * administrator, with the certificate under whose session he asks.
 */
export async function keepCourtUser(
  { sql, workstation, actor, now }: CommandContext,
  { userId, seen, ...given }: CommandPayload<'user.keep'>,
  session: string | null,
): Promise<CommandAnswer> {
  const { court } = workstation;
  const before = await findUser(sql, userId);
  if (before === null ? seen !== null : before.court !== court) return refused('not-found');
  if ((before && createHash('sha256').update(userText(before)).digest('hex')) !== seen) return conflict('user-outdated');
  if (userId === actor && !(given.active && given.roles.includes('admin'))) return refused('own-account');
  const subjects = given.certificates.map((pem) => certificateOf(pem)?.subject ?? null);
  if (subjects.includes(null)) return refused('input-invalid');
  if (userId === actor && (await losesKey(sql, session, given.certificates))) return refused('own-account');
  const named = subjects.map((subject) => iinOfSubject(subject ?? '')).filter((iin) => iin !== null);
  if (named.some((iin) => iin !== given.iin)) return refused('certificate-of-another');
  const known = await sql.query(
    `SELECT 1 FROM court_user WHERE court = $1 AND id <> $2 AND active AND $5
       AND (iin = $3::text OR EXISTS (SELECT 1 FROM jsonb_array_elements_text(certificates) AS listed WHERE $4::jsonb ? listed))`,
    [court, userId, given.iin, JSON.stringify(given.certificates), given.active],
  );
  if (known.length > 0) return refused('person-known');
  const kept = await keepUser(sql, { id: userId, court, ...given }, now, { by: actor, workstation: workstation.id });
  return kept.ok ? applied(null) : refused('own-account'); // the last administrator is the one who asks
}

async function losesKey(sql: Sql, session: string | null, certificates: readonly string[]): Promise<boolean> {
  const [asking] = await sql.query<{ certificate: string }>('SELECT certificate FROM user_session WHERE id = $1', [session]);
  return asking !== undefined && !certificates.some((pem) => certificateOf(pem)?.raw.toString('base64') === asking.certificate);
}
