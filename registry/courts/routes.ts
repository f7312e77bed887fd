import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { courtCodeSchema, keepCourtSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse } from '../http/problem.ts';
import { keepCourt, listCourts, reinstateCourt, revokeCourt } from './keep-court.ts';
import { TRAINING_COURT } from './training-court.ts';

const COURTS = REGISTRY_PATHS.courts;
const parameters = z.object({ code: courtCodeSchema });
const CHANGES = { revoke: revokeCourt, reinstate: reinstateCourt } as const;

/** The operator's side: which courts there are. */
export function courtRoutes(app: FastifyInstance, registry: Registry): void {
  const config = { access: 'admin' } as const;
  app.get(
    COURTS,
    { config },
    answering(async () => done({ courts: await listCourts(registry.db) })),
  );
  app.post(
    COURTS,
    { config },
    answering(async ({ body }) => {
      const court = parse(keepCourtSchema, body);
      if (!court.ok) return court;
      if (registry.mode === 'real' && court.value.code === TRAINING_COURT.code) return refuse('registry-mode-mismatch');
      return registry.db.transaction((sql) => keepCourt(sql, court.value, registry.clock()));
    }),
  );
  for (const [name, change] of Object.entries(CHANGES))
    app.post(
      `${COURTS}/:code/${name}`,
      { config },
      answering(async ({ params }) => {
        const named = parse(parameters, params);
        if (!named.ok) return named;
        return registry.db.transaction(
          (sql) => change(sql, named.value.code, registry.clock()),
          (outcome) => outcome.ok,
        );
      }),
    );
}
