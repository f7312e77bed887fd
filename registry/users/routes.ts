import type { FastifyInstance } from 'fastify';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse } from '../http/problem.ts';
import { keepUser, listUsers } from './keep-user.ts';
import { userListQuerySchema, userRequestSchema } from './user-request.ts';

const USERS = '/v1/admin/users';

export function userRoutes(app: FastifyInstance, registry: Registry): void {
  app.get(
    USERS,
    { config: { access: 'admin' } },
    answering(async (request) => {
      const query = parse(userListQuerySchema, request.query);
      return query.ok ? done({ users: await listUsers(registry.db, query.value.court ?? null) }) : query;
    }),
  );
  app.post(
    USERS,
    { config: { access: 'admin' } },
    answering(async ({ body }) => {
      const request = parse(userRequestSchema, body);
      if (!request.ok) return request;
      const user = { ...request.value, id: request.value.id ?? registry.newId() };
      return registry.db.transaction(
        async (sql) =>
          (await lockCourt(sql, user.court))
            ? keepUser(sql, user, registry.clock(), { by: null, workstation: null })
            : refuse('court-unknown'),
        (outcome) => outcome.ok,
      );
    }),
  );
}
