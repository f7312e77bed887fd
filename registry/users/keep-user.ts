import { X509Certificate } from 'node:crypto';
import type { UserMessage } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { recordAdministration } from '../journal/administration-entries.ts';
import { revokeSessions, revokeSessionsBeside } from '../sessions/end-session.ts';
import type { Sql } from '../store/database.ts';

export type CourtUser = UserMessage & { court: string };
/** Who changes a person, and at which desk; both null for the operator of the registry. */
export type Changer = { readonly by: string | null; readonly workstation: string | null };
const COLUMNS = 'id, court, name, iin, roles, certificates, active';

export async function findUser(sql: Sql, id: string): Promise<CourtUser | null> {
  const [row] = await sql.query<CourtUser>(`SELECT ${COLUMNS} FROM court_user WHERE id = $1`, [id]);
  return row ?? null;
}

/**
 * Adds a person of the court office or changes one, and tells the court's desks; whoever is not active any more is out at once, and so is
 * every session of a certificate that is not listed any more. The court must be locked.
 * A person stays in one court, and a court that has an administrator who can sign in keeps one.
 */
export async function keepUser(sql: Sql, user: CourtUser, at: string, changer: Changer): Promise<Outcome<CourtUser>> {
  const before = await findUser(sql, user.id);
  if (before && before.court !== user.court) return refuse('user-of-another-court');
  if (before && isAdministrator(before) && !isAdministrator(user) && (await isOnlyAdministrator(sql, before)))
    return refuse('last-administrator');
  const [row] = await sql.query<CourtUser>(
    `INSERT INTO court_user (${COLUMNS}) VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, iin = excluded.iin, roles = excluded.roles, certificates = excluded.certificates, active = excluded.active
       WHERE court_user.court = excluded.court
     RETURNING ${COLUMNS}`,
    [user.id, user.court, user.name, user.iin, JSON.stringify(user.roles), JSON.stringify(user.certificates), user.active],
  );
  if (!row) return refuse('user-of-another-court');
  if (!row.active) await revokeSessions(sql, { user: row.id }, at);
  else if (before?.certificates.some((pem) => !row.certificates.includes(pem)))
    await revokeSessionsBeside(
      sql,
      row.id,
      row.certificates.flatMap((pem) => certificateOf(pem)?.raw.toString('base64') ?? []),
      at,
    );
  const { court, ...message } = row;
  await recordAdministration(sql, { court, at, ...changer, action: 'user.kept', subject: row.id, before, after: row });
  await appendToFeed(sql, {
    court,
    kind: 'user.changed',
    subject: row.id,
    at,
    data: { ...message, ...(changer.by === null ? {} : { by: changer.by }) },
  });
  return done(row);
}

export function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

const isAdministrator = ({ active, roles, certificates }: CourtUser): boolean =>
  active && roles.includes('admin') && certificates.length > 0;

async function isOnlyAdministrator(sql: Sql, { id, court }: CourtUser): Promise<boolean> {
  const others = await sql.query(
    "SELECT 1 FROM court_user WHERE court = $1 AND id <> $2 AND active AND roles ? 'admin' AND jsonb_array_length(certificates) > 0",
    [court, id],
  );
  return others.length === 0;
}

/** The people of one court or of all. */
export function listUsers(sql: Sql, court: string | null): Promise<CourtUser[]> {
  return sql.query<CourtUser>(`SELECT ${COLUMNS} FROM court_user WHERE $1::text IS NULL OR court = $1 ORDER BY court, id`, [court]);
}
