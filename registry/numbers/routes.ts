import type { FastifyInstance } from 'fastify';
import { numberBlockRequestSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { accountNumbers, accountsQuerySchema } from './account-numbers.ts';
import { leaseBlock } from './lease-block.ts';

export function numberRoutes(app: FastifyInstance, registry: Registry): void {
  app.post(
    REGISTRY_PATHS.numberBlocks,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const asked = parse(numberBlockRequestSchema, request.body);
      return asked.ok ? leaseBlock(registry, workstationOf(request), asked.value) : asked;
    }),
  );
  app.get(
    REGISTRY_PATHS.numberAccounts,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const query = parse(accountsQuerySchema, request.query);
      return query.ok ? done(await accountNumbers(registry.db, workstationOf(request).court, query.value)) : query;
    }),
  );
}
