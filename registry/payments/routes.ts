import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { paymentRequestSchema, REGISTRY_PATHS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse } from '../http/problem.ts';
import { recordPayment } from './record-payment.ts';

/** A payment without a key could be recorded twice when an answer is lost. */
const keySchema = z.string().min(1).max(200);

export function paymentRoutes(app: FastifyInstance, registry: Registry): void {
  app.post(
    REGISTRY_PATHS.cabinetPayments,
    { config: { access: 'cabinet' } },
    answering(async ({ body, headers }) => {
      const key = parse(keySchema, headers['idempotency-key']);
      if (!key.ok) return key;
      const request = parse(paymentRequestSchema, body);
      return request.ok ? recordPayment(registry, request.value, key.value) : request;
    }),
  );
}
