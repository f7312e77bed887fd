import type { FastifyInstance } from 'fastify';
import { numberBlockRequestSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
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
}
