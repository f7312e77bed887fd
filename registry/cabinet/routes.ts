import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { filingSubmissionSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import { sendDocument } from '../documents/send-document.ts';
import { submitFiling } from '../filings/submit-filing.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse, sendProblem } from '../http/problem.ts';
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
    return talon.ok
      ? sendDocument(registry, request, reply, { ...talon.value, type: 'application/pdf' })
      : sendProblem(reply, talon.problem);
  });
  app.get(REGISTRY_PATHS.cabinetFilings + '/:number/acts/:actId', { config }, async (request, reply) => {
    const named = parse(actSchema, request.params);
    const act = named.ok ? await visibleAct(registry.db, named.value.number, named.value.actId) : named;
    return act.ok ? sendDocument(registry, request, reply, { ...act.value, type: 'application/pdf' }) : sendProblem(reply, act.problem);
  });
}
