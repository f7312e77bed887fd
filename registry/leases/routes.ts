import type { FastifyInstance } from 'fastify';
import { keepLeasesRequestSchema, REGISTRY_PATHS, takeLeaseRequestSchema } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { keepLeases } from './keep-leases.ts';
import { takeLease } from './take-lease.ts';

export function leaseRoutes(app: FastifyInstance, registry: Registry): void {
  app.post(
    REGISTRY_PATHS.leases,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const asked = parse(takeLeaseRequestSchema, request.body);
      return asked.ok ? takeLease(registry, workstationOf(request), asked.value) : asked;
    }),
  );
  app.post(
    REGISTRY_PATHS.keepLeases,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const asked = parse(keepLeasesRequestSchema, request.body);
      return asked.ok ? keepLeases(registry, workstationOf(request), asked.value) : asked;
    }),
  );
}
