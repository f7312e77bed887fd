import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { beginSessionRequestSchema, instantSchema, REGISTRY_PATHS, sessionIdSchema } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { beginSession } from './begin-session.ts';
import { giveChallenge } from './challenge.ts';
import { endSession, endSessionsOf } from './end-session.ts';

const sessionParameters = z.object({ id: sessionIdSchema });
const endQuery = z.object({ at: instantSchema });
const userParameters = z.object({ id: z.uuid() });

export function sessionRoutes(app: FastifyInstance, registry: Registry): void {
  app.post(
    REGISTRY_PATHS.signInChallenges,
    { config: { access: 'workstation' } },
    answering(async (request) => done(await giveChallenge(registry, workstationOf(request)))),
  );
  app.post(
    REGISTRY_PATHS.userSessions,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const asked = parse(beginSessionRequestSchema, request.body);
      return asked.ok ? beginSession(registry, workstationOf(request), asked.value) : asked;
    }),
  );
  app.delete(
    `${REGISTRY_PATHS.userSessions}/:id`,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const named = parse(sessionParameters, request.params);
      if (!named.ok) return named;
      const end = parse(endQuery, request.query);
      return end.ok ? endSession(registry, workstationOf(request), named.value.id, end.value.at) : end;
    }),
  );
  app.post(
    '/v1/admin/users/:id/end-sessions',
    { config: { access: 'admin' } },
    answering(async ({ params }) => {
      const named = parse(userParameters, params);
      return named.ok ? endSessionsOf(registry, named.value.id) : named;
    }),
  );
}
