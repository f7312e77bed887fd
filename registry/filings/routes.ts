import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { listFilingStates, readFilingState } from './filing-state.ts';

const parametersSchema = z.object({ id: z.uuid() });
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
  app.get(
    '/v1/filings/:id',
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const named = parse(parametersSchema, request.params);
      if (!named.ok) return named;
      const state = await readFilingState(registry.db, workstationOf(request).court, named.value.id);
      return state ? done(state) : refuse('not-found');
    }),
  );
}
