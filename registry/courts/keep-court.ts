import { randomInt } from 'node:crypto';
import { newEnrolmentCode } from '../../shared/domain/enrolment-code.ts';
import type { CommandAnswer, CommandPayload, Court, CourtEntry } from '../../shared/registry/index.ts';
import { applied } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { recordAdministration } from '../journal/administration-entries.ts';
import type { Sql } from '../store/database.ts';
import type { Changer } from '../users/keep-user.ts';
import { freeWorkstation } from '../workstations/put-out.ts';
import { lockCourt } from './lock-court.ts';
import { tellOfCourt } from './tell-of-court.ts';

const OPERATOR: Changer = { by: null, workstation: null };

const COURT = `SELECT code, name_kk AS "nameKk", name_ru AS "nameRu", enrolment_code AS "enrolmentCode", revoked_at AS "revokedAt" FROM court`;

export const listCourts = (sql: Sql): Promise<CourtEntry[]> => sql.query<CourtEntry>(`${COURT} ORDER BY code`);

async function findCourt(sql: Sql, code: string): Promise<CourtEntry | null> {
  return (await sql.query<CourtEntry>(`${COURT} WHERE code = $1`, [code]))[0] ?? null;
}

/** False when a court with this code is there already. */
export async function addCourt(sql: Sql, { code, nameKk, nameRu }: Court, at: string): Promise<boolean> {
  const added = await sql.query(
    'INSERT INTO court (code, name_kk, name_ru, enrolment_code) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING RETURNING code',
    [code, nameKk, nameRu, newEnrolmentCode(randomInt)],
  );
  if (added.length === 0) return false;
  await recordAdministration(sql, {
    ...{ court: code, at, ...OPERATOR, action: 'court.added', subject: code },
    ...{ before: null, after: { nameKk, nameRu } },
  });
  return true;
}

/** Gives a court other names and tells its desks, unless it has these already. The court must be locked. */
export async function renameCourt(
  sql: Sql,
  { code, nameKk, nameRu }: Court,
  { at, changer = OPERATOR }: { readonly at: string; readonly changer?: Changer },
): Promise<void> {
  const court = await findCourt(sql, code);
  if (court === null || (court.nameKk === nameKk && court.nameRu === nameRu)) return;
  await sql.query('UPDATE court SET name_kk = $2, name_ru = $3 WHERE code = $1', [code, nameKk, nameRu]);
  const before = { nameKk: court.nameKk, nameRu: court.nameRu };
  await tellOfCourt(sql, { court: code, at, ...changer, change: 'renamed', nameKk, nameRu, before });
}

/** From here on the operator's list of courts says nothing of this court's name. */
const keepName = (sql: Sql, code: string, at: string) => sql.query('UPDATE court SET named_at = $2 WHERE code = $1', [code, at]);

/** The operator adds a court or gives one other names. */
export async function keepCourt(sql: Sql, court: Court, at: string): Promise<Outcome<CourtEntry>> {
  if (!(await addCourt(sql, court, at))) {
    await lockCourt(sql, court.code);
    await renameCourt(sql, court, { at });
  }
  await keepName(sql, court.code, at);
  return answer(sql, court.code);
}

/** An administrator gives his own court other names. */
export async function renameOwnCourt(
  { sql, workstation: { id, court }, actor, now }: CommandContext,
  names: CommandPayload<'court.rename'>,
): Promise<CommandAnswer> {
  await renameCourt(sql, { code: court, ...names }, { at: now, changer: { by: actor, workstation: id } });
  await keepName(sql, court, now);
  return applied(null);
}

/**
 * A court that is revoked takes in no filing and no workstation, and none of its workstations is let in, until it is reinstated. Not while a filing
 * there waits to be registered or ruled on: nobody could.
 */
export async function revokeCourt(sql: Sql, code: string, at: string): Promise<Outcome<CourtEntry>> {
  if (!(await lockCourt(sql, code))) return refuse('not-found');
  if (await isCourtRevoked(sql, code)) return answer(sql, code);
  const open = await sql.query(
    "SELECT 1 FROM filing WHERE court = $1 AND state IN ('received', 'checking', 'registered', 'with-judge') LIMIT 1",
    [code],
  );
  if (open.length > 0) return refuse('court-has-open-filings');
  await sql.query('UPDATE court SET revoked_at = $2 WHERE code = $1', [code, at]);
  for (const { id } of await sql.query<{ id: string }>('SELECT id FROM workstation WHERE court = $1 AND revoked_at IS NULL', [code]))
    await freeWorkstation(sql, { id, court: code }, at);
  return tellAndAnswer(sql, code, 'revoked', at);
}

/** Its workstations are let in again; whoever was signed in signs in anew. */
export async function reinstateCourt(sql: Sql, code: string, at: string): Promise<Outcome<CourtEntry>> {
  if (!(await lockCourt(sql, code))) return refuse('not-found');
  if (!(await isCourtRevoked(sql, code))) return answer(sql, code);
  await sql.query('UPDATE court SET revoked_at = NULL WHERE code = $1', [code]);
  return tellAndAnswer(sql, code, 'reinstated', at);
}

export const isCourtRevoked = async (sql: Sql, code: string): Promise<boolean> =>
  (await sql.query('SELECT 1 FROM court WHERE code = $1 AND revoked_at IS NOT NULL', [code])).length === 1;

async function tellAndAnswer(sql: Sql, code: string, change: 'revoked' | 'reinstated', at: string): Promise<Outcome<CourtEntry>> {
  const told = await answer(sql, code);
  if (!told.ok) return told;
  const names = { nameKk: told.value.nameKk, nameRu: told.value.nameRu };
  await tellOfCourt(sql, { court: code, at, ...OPERATOR, change, ...names, before: names });
  return told;
}

async function answer(sql: Sql, code: string): Promise<Outcome<CourtEntry>> {
  const court = await findCourt(sql, code);
  return court ? done(court) : refuse('not-found');
}
