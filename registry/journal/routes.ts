import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  ADMINISTRATION_PAGE,
  askAdministrationSchema,
  courtCodeSchema,
  instantSchema,
  REGISTRY_PATHS,
} from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { readJournalAnchors } from './journal-anchors.ts';
import { askAdministration, readAdministration } from './read-administration.ts';

const LARGEST = 2 ** 31 - 1;
const querySchema = z.object({
  before: z.coerce.number().int().min(1).max(LARGEST).default(LARGEST),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const courtParameters = z.object({ code: courtCodeSchema });
/** What is asked of a court's administration journal, by a query: what is absent does not narrow. */
const administrationQuerySchema = z.object({
  before: z.coerce.number().int().positive().nullable().default(null),
  limit: z.coerce.number().int().min(1).max(ADMINISTRATION_PAGE).default(ADMINISTRATION_PAGE),
  from: instantSchema.nullable().default(null),
  until: instantSchema.nullable().default(null),
  action: z.string().max(60).nullable().default(null),
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
  app.post(
    REGISTRY_PATHS.administrationEntries,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const asked = parse(askAdministrationSchema, request.body);
      return asked.ok ? askAdministration(registry, workstationOf(request), asked.value) : asked;
    }),
  );
  app.get(
    `${REGISTRY_PATHS.courts}/:code/journal`,
    { config: { access: 'admin' } },
    answering(async ({ params, query }) => {
      const named = parse(courtParameters, params);
      if (!named.ok) return named;
      const asked = parse(administrationQuerySchema, query);
      if (!asked.ok) return asked;
      const { code } = named.value;
      const known = await registry.db.query('SELECT 1 FROM court WHERE code = $1', [code]);
      return known.length === 0 ? refuse('not-found') : done(await readAdministration(registry.db, code, asked.value));
    }),
  );
}
