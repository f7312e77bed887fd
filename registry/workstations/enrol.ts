import { lockCourt } from '../courts/lock-court.ts';
import { newEnrolmentCode, readEnrolmentCode } from '../courts/enrolment-code.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single } from '../store/database.ts';
import type { EnrolAnswer, EnrolRequest } from '../../shared/registry/index.ts';

/**
 * Takes a workstation in. A real court's code works once, then the next one is made; a training code stays.
 * The same key with the same code again (the first answer was lost) gets the same workstation.
 */
export function enrol(registry: Registry, request: EnrolRequest): Promise<Outcome<EnrolAnswer>> {
  const code = readEnrolmentCode(request.code);
  return registry.db.transaction(async (sql) => {
    if (request.training !== (registry.mode === 'training')) return refuse('registry-mode-mismatch');

    const [before] = await sql.query<{ id: string; court: string; revoked_at: string | null }>(
      'SELECT id, court, revoked_at FROM workstation WHERE public_key = $1 AND enrolment_code = $2',
      [request.publicKey.x, code],
    );
    if (before?.revoked_at) return refuse('workstation-revoked');
    if (before) return done({ workstationId: before.id, court: await readCourt(before.court), mode: registry.mode });

    const [found] = await sql.query<{ code: string }>('SELECT code FROM court WHERE enrolment_code = $1', [code]);
    if (!found || !(await lockCourt(sql, found.code))) return refuse('enrolment-code-wrong');
    const [still] = await sql.query('SELECT 1 FROM court WHERE enrolment_code = $1', [code]);
    if (!still) return refuse('enrolment-code-wrong'); // another desk used it up while this one waited
    const id = registry.newId();
    await sql.query('INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      found.code,
      request.name,
      request.publicKey.x,
      code,
      registry.clock(),
    ]);
    if (registry.mode === 'real') await sql.query('UPDATE court SET enrolment_code = $2 WHERE code = $1', [found.code, newEnrolmentCode()]);
    return done({ workstationId: id, court: await readCourt(found.code), mode: registry.mode });

    async function readCourt(court: string): Promise<EnrolAnswer['court']> {
      return single(
        await sql.query<EnrolAnswer['court']>('SELECT code, name_kk AS "nameKk", name_ru AS "nameRu" FROM court WHERE code = $1', [court]),
      );
    }
  });
}
