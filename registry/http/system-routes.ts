import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { MINIMUM_PROTOCOL, PROTOCOL_VERSION, REGISTRY_PATHS, type Health } from '../../shared/registry/index.ts';
import type { readySchema } from '../../shared/registry/index.ts';
import { lastRestored } from '../restorations/number-guard.ts';
import type { Registry } from './context.ts';
import type { Metrics } from './metrics.ts';
import { answering, done, refuse } from './problem.ts';

export function systemRoutes(app: FastifyInstance, registry: Registry, metrics: Metrics, readiness: { readonly draining: boolean }): void {
  app.get(
    REGISTRY_PATHS.health,
    { config: { access: 'public' } },
    answering(async () => {
      const restoredAt = await lastRestored(registry.db);
      return done<Health>({
        status: 'ok',
        mode: registry.mode,
        protocol: PROTOCOL_VERSION,
        time: registry.clock(),
        historyKey: registry.secrets.historyPublicKey,
        ...(restoredAt === null ? {} : { restoredAt }),
        minimumProtocol: MINIMUM_PROTOCOL,
        ...(registry.minimumDesk === null ? {} : { minimumDesk: registry.minimumDesk }),
      });
    }),
  );
  app.get(
    '/v1/ready',
    { config: { access: 'public' } },
    answering(async () => {
      if (readiness.draining) return refuse('registry-unavailable');
      await registry.db.query('SELECT 1');
      return done<z.infer<typeof readySchema>>({ status: 'ready' });
    }),
  );
  app.get('/metrics', { config: { access: 'public' } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.render(registry)),
  );
}
