import { randomInt } from 'node:crypto';
import { newEnrolmentCode } from '../../shared/domain/enrolment-code.ts';
import { courtSchema, type Court } from '../../shared/registry/index.ts';
import { RegistryStartError } from '../start-error.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';
import { seedTrainingCases, TRAINING_COURT } from './training-court.ts';

export type CourtWithCode = { code: string; nameKk: string; nameRu: string; enrolmentCode: string };

/** Adds the courts that are new and takes over changed names; a training registry always has the training court, a real one never. */
export async function ensureCourts(registry: Pick<Registry, 'db' | 'mode' | 'clock'>, courts: readonly Court[]): Promise<void> {
  const wrong = courts.some((court) => !courtSchema.safeParse(court).success);
  if (wrong) throw new RegistryStartError('input-invalid', 'A court needs a code of four digits and names in Kazakh and Russian.');
  const training = registry.mode === 'training';
  if (!training && courts.some((court) => court.code === TRAINING_COURT.code))
    throw new RegistryStartError('registry-mode-mismatch', `Court ${TRAINING_COURT.code} exists in training only.`);
  const others = courts.filter((court) => court.code !== TRAINING_COURT.code);
  await registry.db.transaction(async (sql) => {
    for (const court of training ? [TRAINING_COURT, ...others] : others) {
      const added = await sql.query(
        'INSERT INTO court (code, name_kk, name_ru, enrolment_code) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING RETURNING code',
        [court.code, court.nameKk, court.nameRu, newEnrolmentCode(randomInt)],
      );
      if (added.length === 0)
        await sql.query('UPDATE court SET name_kk = $2, name_ru = $3 WHERE code = $1', [court.code, court.nameKk, court.nameRu]);
      else if (court.code === TRAINING_COURT.code) await seedTrainingCases(sql, registry.clock());
    }
  });
}

export function listCourts(sql: Sql): Promise<CourtWithCode[]> {
  return sql.query<CourtWithCode>(
    'SELECT code, name_kk AS "nameKk", name_ru AS "nameRu", enrolment_code AS "enrolmentCode" FROM court ORDER BY code',
  );
}
