import type { FastifyInstance } from 'fastify';
import { REGISTRY_PATHS, trainingKitSchema, type TrainingKitMessage } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { TRAINING_COURT } from '../courts/training-court.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse, type Outcome } from '../http/problem.ts';
import type { Sql } from '../store/database.ts';
import { keepUser } from '../users/keep-user.ts';
import { workstationOf, type Workstation } from '../workstations/workstation.ts';

/** The kit belongs to the training court; everyone else, and every real registry, has none. */
export function trainingRoutes(app: FastifyInstance, registry: Registry): void {
  const hasKit = (workstation: Workstation) => registry.mode === 'training' && workstation.court === TRAINING_COURT.code;

  app.get(
    REGISTRY_PATHS.trainingKit,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const kit = hasKit(workstationOf(request)) ? await readKit(registry.db) : null;
      return kit ? done(kit) : refuse('not-found');
    }),
  );
  app.put(
    REGISTRY_PATHS.trainingKit,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const workstation = workstationOf(request);
      if (!hasKit(workstation)) return refuse('not-found');
      const kit = parse(trainingKitSchema, request.body);
      return kit.ok ? leaveKit(registry, workstation, kit.value) : kit;
    }),
  );
}

async function readKit(sql: Sql): Promise<TrainingKitMessage | null> {
  const [row] = await sql.query<{ kit: TrainingKitMessage }>('SELECT kit FROM training_kit');
  return row?.kit ?? null;
}

/** The first kit wins; its people become the users of the training court. Whoever comes later gets the one that holds. */
function leaveKit(registry: Registry, workstation: Workstation, kit: TrainingKitMessage): Promise<Outcome<TrainingKitMessage>> {
  return registry.db.transaction(
    async (sql) => {
      await lockCourt(sql, TRAINING_COURT.code);
      const held = await readKit(sql);
      if (held) return done(held);
      await sql.query('INSERT INTO training_kit (kit, left_by) VALUES ($1::jsonb, $2)', [JSON.stringify(kit), workstation.id]);
      for (const { id, name, iin, roles, certificate } of kit.users) {
        const kept = await keepUser(
          sql,
          { id, court: TRAINING_COURT.code, name, iin, roles, certificates: [certificate], active: true },
          registry.clock(),
          { by: null, workstation: workstation.id },
        );
        if (!kept.ok) return kept;
      }
      return done(kit);
    },
    (outcome) => outcome.ok,
  );
}
