import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deliveryReceiptsSchema, REGISTRY_PATHS, type Deliveries } from '../../shared/registry/index.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse } from '../http/problem.ts';
import { isStorable } from '../http/storable.ts';
import { workstationOf } from '../workstations/workstation.ts';
import type { Gateway } from './configuration.ts';
import { readDeliveries } from './delivery-row.ts';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from './gateway-signature.ts';
import { isProven, takeReceipts } from './take-receipts.ts';

const filingSchema = z.object({ id: z.uuid() });

/** `gateway`: whose receipts are taken; null: nobody's. */
export function deliveryRoutes(app: FastifyInstance, registry: Registry, gateway: Gateway | null): void {
  app.get(
    REGISTRY_PATHS.filingStates + '/:id/deliveries',
    { config: { access: 'workstation' } },
    answering(async (request) => {
      const named = parse(filingSchema, request.params);
      if (!named.ok) return named;
      const { court } = workstationOf(request);
      const filing = await findWholeFiling(registry.db, court, named.value.id);
      return filing ? done<Deliveries>({ deliveries: await readDeliveries(registry.db, court, filing.id) }) : refuse('not-found');
    }),
  );

  void app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, ready) => ready(null, body)); // the signature is over bytes
    raw.post(
      REGISTRY_PATHS.deliveryReceipts,
      { config: { access: 'public' } },
      answering(async ({ headers, body }) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const given = { timestamp: String(headers[TIMESTAMP_HEADER]), signature: String(headers[SIGNATURE_HEADER]), body: bytes };
        if (!(await isProven(registry, gateway, given))) return refuse('receipt-unproven');
        const receipts = parse(deliveryReceiptsSchema, readJson(bytes));
        return receipts.ok ? done({ known: await takeReceipts(registry, receipts.value) }) : receipts;
      }),
    );
  });
}

/** Null for what is not JSON or cannot be kept. */
function readJson(bytes: Buffer): unknown {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    return isStorable(json) ? json : null;
  } catch {
    return null;
  }
}
