import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Registry } from '../http/context.ts';
import { answering, done, parse } from '../http/problem.ts';
import { enrolRequestSchema, REGISTRY_PATHS, tokenRequestSchema } from '../../shared/registry/index.ts';
import { listWorkstations, revokeWorkstation } from './administer.ts';
import { enrol } from './enrol.ts';
import { listOfCourt } from './list-of-court.ts';
import { giveToken } from './token.ts';
import { workstationOf } from './workstation.ts';

const revokeParameters = z.object({ id: z.uuid() });

export function workstationRoutes(app: FastifyInstance, registry: Registry): void {
  app.post(
    REGISTRY_PATHS.enrol,
    { config: { access: 'public' } },
    answering(async ({ body }) => {
      const request = parse(enrolRequestSchema, body);
      return request.ok ? enrol(registry, request.value) : request;
    }),
  );
  app.post(
    REGISTRY_PATHS.token,
    { config: { access: 'public' } },
    answering(async ({ body }) => {
      const request = parse(tokenRequestSchema, body);
      return request.ok ? giveToken(registry, request.value.assertion) : request;
    }),
  );
  app.get(
    REGISTRY_PATHS.workstations,
    { config: { access: 'workstation' } },
    answering(async (request) => done(await listOfCourt(registry, workstationOf(request)))),
  );
  app.get(
    '/v1/admin/workstations',
    { config: { access: 'admin' } },
    answering(async () => done({ workstations: await listWorkstations(registry) })),
  );
  app.post(
    '/v1/admin/workstations/:id/revoke',
    { config: { access: 'admin' } },
    answering(async ({ params }) => {
      const named = parse(revokeParameters, params);
      return named.ok ? revokeWorkstation(registry, named.value.id) : named;
    }),
  );
}
