import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse, sendProblem } from '../http/problem.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { drawCheckPage, PAGE_POLICY } from './check-page.ts';
import { findOriginal } from './find-original.ts';

/** Enough for a person with a paper in his hand, too few to walk through the numbers of a court. */
const CHECKS_PER_SECOND = 2;
const numberSchema = z.object({ number: z.string().min(1).max(100) });
const pageSchema = z.object({ number: z.string().max(2400).optional(), lang: z.enum(['kk', 'ru']).default('kk') });

/** Anyone may ask whether a paper is what the registry holds. */
export function checkRoutes(app: FastifyInstance, registry: Registry): void {
  const limit = createRateLimit(CHECKS_PER_SECOND, () => performance.now());
  const rarely = {
    config: { access: 'public' },
    onRequest: async ({ ip }: FastifyRequest, reply: FastifyReply) => (limit(ip) ? undefined : sendProblem(reply, 'too-many-requests')),
  } as const;

  app.get(
    '/v1/check/:number',
    rarely,
    answering(async ({ params }) => {
      const named = parse(numberSchema, params);
      if (!named.ok) return named;
      const answer = await findOriginal(registry.db, named.value.number);
      return answer ? done(answer) : refuse('input-invalid');
    }),
  );
  app.get('/check', rarely, async ({ query }, reply) => {
    const asked = parse(pageSchema, query);
    if (!asked.ok) return sendProblem(reply, asked.problem);
    const { number = '', lang } = asked.value;
    const answer = number.trim() === '' ? undefined : await findOriginal(registry.db, number);
    return reply
      .header('content-security-policy', PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(drawCheckPage({ lang, number, answer, checkedAt: registry.clock() }));
  });
}
