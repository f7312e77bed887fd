import { createHash, randomInt } from 'node:crypto';
import { newEnrolmentCode, readEnrolmentCode } from '../../shared/domain/enrolment-code.ts';
import { unfitUser } from '../commands/command-context.ts';
import { isCourtRevoked } from '../courts/keep-court.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single, type Sql } from '../store/database.ts';
import type { EnrolAnswer, EnrolRequest } from '../../shared/registry/index.ts';
import { tellOfWorkstation } from './tell-of-workstation.ts';

/**
 * Takes a workstation in. A real court's code works once, then the next one is made; a training code stays; a code that an administrator made
 * works once, for a day, until it is withdrawn or he is no administrator any more. The same key with the same code again (the first answer was lost) gets the same workstation.
 */
export function enrol(registry: Registry, request: EnrolRequest): Promise<Outcome<EnrolAnswer>> {
  const code = readEnrolmentCode(request.code);
  const hash = createHash('sha256').update(code).digest('hex');
  return registry.db.transaction(async (sql) => {
    if (request.training !== (registry.mode === 'training')) return refuse('registry-mode-mismatch');

    const [before] = await sql.query<{ id: string; court: string; revoked_at: string | null }>(
      'SELECT id, court, revoked_at FROM workstation WHERE public_key = $1 AND enrolment_code IN ($2, $3)',
      [request.publicKey.x, code, hash],
    );
    if (before?.revoked_at) return refuse('workstation-revoked');
    if (before && (await isCourtRevoked(sql, before.court))) return refuse('court-revoked');
    if (before) return done({ workstationId: before.id, court: await readCourt(sql, before.court), mode: registry.mode });
    const invited = await readInvitation(sql, hash);
    return invited ? takeInvited(registry, sql, request, { ...invited, hash }) : takeByCourtCode(registry, sql, request, code);
  });
}

type Invitation = {
  readonly id: string;
  readonly court: string;
  readonly name: string;
  readonly until: string;
  readonly usedBy: string | null;
  readonly withdrawnAt: string | null;
};

async function readInvitation(sql: Sql, hash: string): Promise<(Invitation & { readonly madeBy: string }) | null> {
  const [found] = await sql.query<Invitation & { madeBy: string }>(
    'SELECT id, court, name, until, used_by AS "usedBy", withdrawn_at AS "withdrawnAt", made_by AS "madeBy" FROM enrolment_invitation WHERE code_sha256 = $1',
    [hash],
  );
  return found ?? null;
}

async function takeByCourtCode(registry: Registry, sql: Sql, request: EnrolRequest, code: string): Promise<Outcome<EnrolAnswer>> {
  const [found] = await sql.query<{ code: string }>('SELECT code FROM court WHERE enrolment_code = $1', [code]);
  if (!found || !(await lockCourt(sql, found.code))) return refuse('enrolment-code-wrong');
  if (await isCourtRevoked(sql, found.code)) return refuse('court-revoked');
  const [still] = await sql.query('SELECT 1 FROM court WHERE enrolment_code = $1', [code]);
  if (!still) return refuse('enrolment-code-wrong'); // another desk used it up while this one waited
  const id = await insert(registry, sql, { request, court: found.code, name: request.name, code });
  if (registry.mode === 'real')
    await sql.query('UPDATE court SET enrolment_code = $2 WHERE code = $1', [found.code, newEnrolmentCode(randomInt)]);
  return done({ workstationId: id, court: await readCourt(sql, found.code), mode: registry.mode });
}

/** The workstation gets the name that the administrator gave it, not the one it has for itself. */
async function takeInvited(
  registry: Registry,
  sql: Sql,
  request: EnrolRequest,
  { court, hash }: Invitation & { readonly hash: string },
): Promise<Outcome<EnrolAnswer>> {
  await lockCourt(sql, court);
  if (await isCourtRevoked(sql, court)) return refuse('court-revoked');
  const still = await readInvitation(sql, hash);
  const at = registry.clock();
  if (!still || still.usedBy !== null || still.withdrawnAt !== null || still.until <= at) return refuse('enrolment-code-expired');
  const { id: invitation, name, madeBy: by } = still;
  if ((await unfitUser(sql, court, by, ['admin'])) !== null) return refuse('enrolment-code-expired');
  const id = await insert(registry, sql, { request, court, name, code: hash });
  await sql.query('UPDATE enrolment_invitation SET used_by = $2 WHERE id = $1', [invitation, id]);
  await tellOfWorkstation(sql, { id, change: 'enrolled', name, before: null, by, court, at, workstation: id });
  return done({ workstationId: id, court: await readCourt(sql, court), mode: registry.mode });
}

async function insert(
  registry: Registry,
  sql: Sql,
  { request, court, name, code }: { readonly request: EnrolRequest; readonly court: string; readonly name: string; readonly code: string },
): Promise<string> {
  const id = registry.newId();
  await sql.query('INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    ...[id, court, name, request.publicKey.x, code, registry.clock()],
  ]);
  return id;
}

async function readCourt(sql: Sql, court: string): Promise<EnrolAnswer['court']> {
  return single(
    await sql.query<EnrolAnswer['court']>('SELECT code, name_kk AS "nameKk", name_ru AS "nameRu" FROM court WHERE code = $1', [court]),
  );
}
