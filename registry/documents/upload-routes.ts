import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MemoryLocker, Server } from '@tus/server';
import { LIMITS, REGISTRY_PATHS, sha256Schema } from '../../shared/registry/index.ts';
import type { Access } from '../http/authenticate.ts';
import type { Registry } from '../http/context.ts';
import { PROBLEMS, sendProblem, type ProblemCode } from '../http/problem.ts';
import { workstationOf } from '../workstations/workstation.ts';
import { holdDocument, type Bringer } from './hold-document.ts';
import { UploadRefusal } from './upload-refusal.ts';

/** Who sends an upload. Its name is a part of the staged file's name, so that nobody reaches what another has begun. */
type Sender = { readonly name: string; readonly bringer: Bringer };

/** A request that comes for an upload means that its sender has given up the one before it. */
const DRAIN_MS = 50;
const ID = /^[\w-]{32}$/;
const newUploadId = () => randomBytes(24).toString('base64url');

/** Resumable uploads by the tus protocol 1.0.0, for desks and for the cabinet. */
export function uploadRoutes(app: FastifyInstance, registry: Registry): void {
  void app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', (_request, payload, ready) => ready(null, payload));
    const desk = (request: FastifyRequest): Sender => {
      const { id, court } = workstationOf(request);
      return { name: id, bringer: { court } };
    };
    serve(raw, registry, { path: REGISTRY_PATHS.uploads, access: 'workstation', senderOf: desk });
    serve(raw, registry, {
      path: REGISTRY_PATHS.cabinetUploads,
      access: 'cabinet',
      senderOf: () => ({ name: 'cabinet', bringer: 'cabinet' }),
    });
  });
}

function serve(
  app: FastifyInstance,
  registry: Registry,
  { path, access, senderOf }: { path: string; access: Access; senderOf: (request: FastifyRequest) => Sender },
): void {
  const staged = registry.uploads;
  const senders = new WeakMap<object, Sender>();
  const failures = new WeakMap<object, Error>();
  const stagedName = (request: object, id: string) => `${senders.get(request)!.name}.${id}`;
  const tus = new Server({
    path,
    datastore: staged,
    locker: new MemoryLocker(),
    lockDrainTimeout: DRAIN_MS,
    maxSize: LIMITS.wireDocumentBytes,
    namingFunction: (request) => stagedName(request, newUploadId()),
    generateUrl: (request, { id }) => `${path}/${id.slice(senders.get(request)!.name.length + 1)}`,
    getFileIdFromRequest: (request, id) => (id !== undefined && ID.test(id) ? stagedName(request, id) : undefined),
    async onUploadCreate(_request, { metadata, size }) {
      const sha256 = sha256Schema.safeParse(metadata?.['sha256']);
      if (!sha256.success || !size) throw new UploadRefusal('input-invalid'); // nothing to go on with in an empty one
      return { metadata: { sha256: sha256.data } };
    },
    async onUploadFinish(request, { id, metadata }) {
      const { bringer } = senders.get(request)!;
      const outcome = await holdDocument(registry, bringer, staged.read(id), metadata!['sha256']!);
      if (outcome.ok) {
        await staged.finish(id);
        return {};
      }
      await staged.remove(id);
      throw new UploadRefusal(outcome.problem);
    },
    onResponseError(request, error) {
      if (error instanceof Error && !(error instanceof UploadRefusal)) failures.set(request, error);
      return undefined;
    },
  });

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const asked = toWebRequest(request);
    senders.set(asked, senderOf(request));
    const answer = await tus.handleWeb(asked);
    const failure = failures.get(asked);
    if (failure !== undefined) throw failure;
    return give(reply, request.method, answer);
  };
  const config = { access };
  app.post(path, { config }, handle);
  for (const method of ['HEAD', 'PATCH', 'DELETE'] as const) app.route({ method, url: `${path}/:id`, config, handler: handle });
}

function toWebRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  const init: RequestInit & { duplex?: 'half' } = { method: request.method, headers };
  if (request.body instanceof Readable) {
    init.body = Readable.toWeb(request.body) as unknown as ReadableStream;
    init.duplex = 'half';
  }
  return new Request(new URL(request.url, 'http://registry'), init);
}

const OWN_HEADERS = ['tus-resumable', 'upload-offset', 'upload-length', 'upload-metadata', 'upload-expires', 'location', 'connection'];

/** The library's answer, its refusals in our words. */
async function give(reply: FastifyReply, method: string, answer: Response): Promise<FastifyReply> {
  for (const name of OWN_HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  if (answer.ok) return reply.code(answer.status).send();
  const problem = problemOf(answer.status, await answer.text());
  if (problem === 'tus-version-unsupported') reply.header('tus-version', '1.0.0');
  return method === 'HEAD' ? reply.code(PROBLEMS[problem][0]).send() : sendProblem(reply, problem);
}

function problemOf(status: number, body: string): ProblemCode {
  if (Object.hasOwn(PROBLEMS, body)) return body as ProblemCode;
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409) return 'upload-offset-differs';
  if (status === 412) return 'tus-version-unsupported';
  if (status === 413) return 'document-too-large';
  return status >= 500 ? 'registry-unavailable' : 'input-invalid';
}
