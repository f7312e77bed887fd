import type { FastifyInstance } from 'fastify';
import { commandEnvelopeSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { handleCommand } from './handle-command.ts';

export function commandRoutes(app: FastifyInstance, registry: Registry): void {
  app.post(
    REGISTRY_PATHS.commands,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const envelope = parse(commandEnvelopeSchema, request.body);
      return envelope.ok ? handleCommand(registry, workstationOf(request), envelope.value) : envelope;
    }),
  );
}
