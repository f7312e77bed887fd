import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { readJournalAnchors } from './journal-anchors.ts';

const LARGEST = 2 ** 31 - 1;
const querySchema = z.object({
  before: z.coerce.number().int().min(1).max(LARGEST).default(LARGEST),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export function journalRoutes(app: FastifyInstance, registry: Registry): void {
  app.get(
    REGISTRY_PATHS.journalAnchors,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const query = parse(querySchema, request.query);
      if (!query.ok) return query;
      const { before, limit } = query.value;
      return done(await readJournalAnchors(registry.db, registry.secrets.historyKey, workstationOf(request).id, before, limit));
    }),
  );
}
