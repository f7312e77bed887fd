import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LIMITS, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse } from '../http/problem.ts';
import { noteLongerFeed } from '../restorations/number-guard.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { readFeedLinks } from './feed-chain.ts';
import { readFeed } from './read-feed.ts';

const LARGEST_PAGE = 500;
const MOST_LINKS = 1000;
const afterSchema = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .default(0);
const querySchema = z.object({
  after: afterSchema,
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(LIMITS.feedPage),
  wait: z.coerce.number().int().min(0).max(LIMITS.feedWaitSeconds).default(0),
});
const linksQuerySchema = z.object({
  after: afterSchema,
  limit: z.coerce.number().int().min(1).max(MOST_LINKS).default(MOST_LINKS),
});

export function feedRoutes(app: FastifyInstance, registry: Registry): void {
  app.get(
    REGISTRY_PATHS.feed,
    { config: { access: 'workstation' } },
    answering(async (request, reply) => {
      const query = parse(querySchema, request.query);
      if (!query.ok) return query;
      const { after, limit, wait } = query.value;
      const workstation = workstationOf(request);
      const { id, court } = workstation;
      const read = async () => {
        const page = await readFeed(registry.db, registry.secrets.historyKey, court, after, limit);
        if (!page.ok && page.problem === 'feed-gap') await noteLongerFeed(registry.db, workstation, after, registry.clock());
        return page;
      };
      if (wait === 0) return read();
      // waits before it looks, so that nothing comes in between
      const poll = registry.polls.hold(id, court, after, wait * 1000);
      reply.raw.once('close', poll.end);
      try {
        let page = await read();
        while (page.ok && page.value.items.length === 0 && (await poll.grown())) page = await read();
        return page;
      } finally {
        poll.end();
        reply.raw.off('close', poll.end);
      }
    }),
  );
  app.get(
    REGISTRY_PATHS.feedLinks,
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const query = parse(linksQuerySchema, request.query);
      return query.ok ? done(await readFeedLinks(registry.db, workstationOf(request).court, query.value.after, query.value.limit)) : query;
    }),
  );
}
