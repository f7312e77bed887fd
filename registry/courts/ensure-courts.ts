import { courtSchema, type Court } from '../../shared/registry/index.ts';
import { RegistryStartError } from '../start-error.ts';
import type { Registry } from '../http/context.ts';
import { addCourt, renameCourt } from './keep-court.ts';
import { seedTrainingCases, TRAINING_COURT } from './training-court.ts';

/**
 * Adds the courts that are new and takes over changed names, but for those that were given since by an administrator or through the registry; a training
 * registry always has the training court, a real one never.
 */
export async function ensureCourts(registry: Pick<Registry, 'db' | 'mode' | 'clock'>, courts: readonly Court[]): Promise<void> {
  const wrong = courts.some((court) => !courtSchema.safeParse(court).success);
  if (wrong) throw new RegistryStartError('input-invalid', 'A court needs a code of four digits and names in Kazakh and Russian.');
  const training = registry.mode === 'training';
  if (!training && courts.some((court) => court.code === TRAINING_COURT.code))
    throw new RegistryStartError('registry-mode-mismatch', `Court ${TRAINING_COURT.code} exists in training only.`);
  const others = courts.filter((court) => court.code !== TRAINING_COURT.code);
  await registry.db.transaction(async (sql) => {
    for (const court of training ? [TRAINING_COURT, ...others] : others) {
      const at = registry.clock();
      if (await addCourt(sql, court, at)) {
        if (court.code === TRAINING_COURT.code) await seedTrainingCases(sql, at);
      } else if ((await sql.query('SELECT 1 FROM court WHERE code = $1 AND named_at IS NULL FOR NO KEY UPDATE', [court.code])).length === 1)
        await renameCourt(sql, court, { at });
    }
  });
}
