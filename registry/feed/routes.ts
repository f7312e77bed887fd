import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LIMITS, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { readFeed } from './read-feed.ts';

const LARGEST_PAGE = 500;
const querySchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(LIMITS.feedPage),
});

export function feedRoutes(app: FastifyInstance, registry: Registry): void {
  app.get(
    REGISTRY_PATHS.feed,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const query = parse(querySchema, request.query);
      return query.ok ? readFeed(registry.db, workstationOf(request).court, query.value.after, query.value.limit) : query;
    }),
  );
}
