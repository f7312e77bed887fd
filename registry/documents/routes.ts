import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LIMITS, REGISTRY_PATHS, sha256Schema } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { answering, parse, refuse, sendProblem, type Outcome } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { holdDocument, sizeForCourt, type Bringer } from './hold-document.ts';
import { sendDocument } from './send-document.ts';

const DOCUMENT = REGISTRY_PATHS.document(':sha256');
const parametersSchema = z.object({ sha256: sha256Schema });

export function documentRoutes(app: FastifyInstance, registry: Registry): void {
  app.get(DOCUMENT, { config: { access: 'workstation' } }, async (request, reply) => {
    const named = parse(parametersSchema, request.params);
    if (!named.ok) return sendProblem(reply, named.problem);
    const { sha256 } = named.value;
    const size = await sizeForCourt(registry.db, workstationOf(request).court, sha256);
    if (size === null) return sendProblem(reply, 'not-found');
    return sendDocument(registry, request, reply, { sha256, size, type: 'application/octet-stream' });
  });

  void app.register(async (raw) => {
    takeRawBodies(raw);
    raw.put(
      DOCUMENT,
      { config: { access: 'workstation' } },
      answering(async (request) => {
        const named = parse(parametersSchema, request.params);
        return named.ok ? receive(registry, { court: workstationOf(request).court }, request, named.value.sha256) : named;
      }),
    );
    raw.post(
      REGISTRY_PATHS.cabinetUpload,
      { config: { access: 'cabinet' } },
      answering((request) => receive(registry, 'cabinet', request, null)),
    );
  });
}

/** Bodies of any type come as a stream, for the limit and the hash are ours. */
function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, ready) => ready(null, payload));
}

async function receive(
  registry: Registry,
  bringer: Bringer,
  request: FastifyRequest,
  expected: string | null,
): Promise<Outcome<{ sha256: string; size: number }>> {
  if (Number(request.headers['content-length'] ?? 0) > LIMITS.wireDocumentBytes) return refuse('document-too-large');
  const empty = Readable.from([]); // a request without a body is a document without bytes
  return holdDocument(registry, bringer, (request.body as AsyncIterable<Uint8Array> | undefined) ?? empty, expected);
}
