import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { listFilingStates } from './filing-state.ts';

const querySchema = z.object({ after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500).default(200) });

export function filingRoutes(app: FastifyInstance, registry: Registry): void {
  app.get(
    REGISTRY_PATHS.filingStates,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const query = parse(querySchema, request.query);
      if (!query.ok) return query;
      return done(await listFilingStates(registry.db, workstationOf(request).court, query.value.after ?? null, query.value.limit));
    }),
  );
}
