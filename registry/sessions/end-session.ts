import type { UserSession } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { SESSION_COLUMNS } from './session-row.ts';

/** The person signed out, or locked the desk, at this time of the desk's clock. What was done before may still come. The earliest end holds. */
export async function endSession(registry: Registry, workstation: Workstation, id: string, at: string): Promise<Outcome<UserSession>> {
  const [ended] = await registry.db.query<UserSession>(
    `UPDATE user_session SET ended_at = CASE WHEN ended_at IS NULL OR ended_at::timestamptz > $3::text::timestamptz THEN $3::text ELSE ended_at END
     WHERE id = $1 AND workstation = $2 RETURNING ${SESSION_COLUMNS}`,
    [id, workstation.id, at],
  );
  return ended ? done(ended) : refuse('not-found');
}

/** Nothing that has not arrived yet counts any more, whenever it was done: the desk's clock is no witness against the registry. */
export async function revokeSessions(
  sql: Sql,
  of: { readonly user: string } | { readonly workstation: string },
  at: string,
): Promise<UserSession[]> {
  const [column, id] = 'user' in of ? ['court_user', of.user] : ['workstation', of.workstation];
  return sql.query<UserSession>(
    `UPDATE user_session SET revoked_at = $2 WHERE ${column} = $1 AND revoked_at IS NULL RETURNING ${SESSION_COLUMNS}`,
    [id, at],
  );
}

/** Also those that a person opened with another key than these certificates (DER, Base64) are of. */
export async function revokeSessionsBeside(sql: Sql, user: string, certificates: readonly string[], at: string): Promise<void> {
  await sql.query(
    'UPDATE user_session SET revoked_at = $3 WHERE court_user = $1 AND revoked_at IS NULL AND NOT ($2::jsonb ? certificate)',
    [user, JSON.stringify(certificates), at],
  );
}

/** An administrator ends all sessions of a person. They may sign in again, unless they were deactivated. */
export function endSessionsOf(registry: Registry, user: string): Promise<Outcome<{ sessions: UserSession[] }>> {
  return registry.db.transaction(async (sql) => {
    const [known] = await sql.query<{ court: string }>('SELECT court FROM court_user WHERE id = $1', [user]);
    if (!known) return refuse('not-found');
    await lockCourt(sql, known.court);
    return done({ sessions: await revokeSessions(sql, { user }, registry.clock()) });
  });
}
