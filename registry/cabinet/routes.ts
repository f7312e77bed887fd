import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { filingSubmissionSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import { sendDocument } from '../documents/send-document.ts';
import { submitFiling } from '../filings/submit-filing.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse, sendProblem } from '../http/problem.ts';
import { markRead } from '../notifications/mark-read.ts';
import { readStatus, visibleAct, visibleTalon } from './read-status.ts';

const cabinetNumber = z.string().regex(/^\d{12}$/);
const numberSchema = z.object({ number: cabinetNumber });
const actSchema = z.object({ number: cabinetNumber, actId: z.uuid() });
const keySchema = z.string().min(1).max(200).nullable();

/** The filer's side: what the electronic cabinet asks on behalf of those who file. */
export function cabinetRoutes(app: FastifyInstance, registry: Registry): void {
  const config = { access: 'cabinet' } as const;

  app.post(
    REGISTRY_PATHS.cabinetFilings,
    { config },
    answering(async ({ body, headers }) => {
      const submission = parse(filingSubmissionSchema, body);
      const key = parse(keySchema, headers['idempotency-key'] ?? null);
      if (!key.ok) return key;
      return submission.ok ? submitFiling(registry, submission.value, key.value) : submission;
    }),
  );
  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number',
    { config },
    answering(async ({ params }) => {
      const named = parse(numberSchema, params);
      return named.ok ? readStatus(registry.db, named.value.number) : named;
    }),
  );
  app.get(REGISTRY_PATHS.cabinetFilings + '/:number/talon', { config }, async (request, reply) => {
    const named = parse(numberSchema, request.params);
    const talon = named.ok ? await visibleTalon(registry.db, named.value.number) : named;
    if (!talon.ok) return sendProblem(reply, talon.problem);
    const { sha256, size, filing, court } = talon.value;
    await markRead(registry, { id: filing, court }, ['registered'], null);
    return sendDocument(registry, request, reply, { sha256, size, type: 'application/pdf' });
  });
  app.get(REGISTRY_PATHS.cabinetFilings + '/:number/acts/:actId', { config }, async (request, reply) => {
    const named = parse(actSchema, request.params);
    if (!named.ok) return sendProblem(reply, named.problem);
    const { number, actId } = named.value;
    const act = await visibleAct(registry.db, number, actId);
    if (!act.ok) return sendProblem(reply, act.problem);
    const { sha256, size, filing, court } = act.value;
    await markRead(registry, { id: filing, court }, ['act-dispatched'], actId);
    return sendDocument(registry, request, reply, { sha256, size, type: 'application/pdf' });
  });
}
