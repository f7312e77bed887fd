import type { UserMessage } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { revokeSessions } from '../sessions/end-session.ts';
import type { Sql } from '../store/database.ts';

export type CourtUser = UserMessage & { court: string };
const COLUMNS = 'id, court, name, iin, roles, certificates, active';

/** Adds a person of the court office or changes one, and tells the court's desks; whoever is not active any more is out at once. The court must be locked. A person stays in one court. */
export async function keepUser(sql: Sql, user: CourtUser, at: string): Promise<Outcome<CourtUser>> {
  const kept = await sql.query<CourtUser>(
    `INSERT INTO court_user (${COLUMNS}) VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, iin = excluded.iin, roles = excluded.roles, certificates = excluded.certificates, active = excluded.active
       WHERE court_user.court = excluded.court
     RETURNING ${COLUMNS}`,
    [user.id, user.court, user.name, user.iin, JSON.stringify(user.roles), JSON.stringify(user.certificates), user.active],
  );
  const [row] = kept;
  if (!row) return refuse('user-of-another-court');
  if (!row.active) await revokeSessions(sql, { user: row.id }, at);
  const { court, ...message } = row;
  await appendToFeed(sql, { court, kind: 'user.changed', subject: row.id, at, data: message });
  return done(row);
}

/** The people of one court or of all. */
export function listUsers(sql: Sql, court: string | null): Promise<CourtUser[]> {
  return sql.query<CourtUser>(`SELECT ${COLUMNS} FROM court_user WHERE $1::text IS NULL OR court = $1 ORDER BY court, id`, [court]);
}
