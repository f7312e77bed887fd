import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FeedPage } from '../../shared/registry/index.ts';
import { sendProblem } from './problem.ts';
import { routeOf } from './route-name.ts';

/** What a line or a registry can do wrong. `handled` means that the change was made, only its answer suffered. */
export type Fault =
  /** Closes the connection without handling anything. */
  | { readonly kind: 'drop' }
  /** Handles the request, then closes the connection without an answer. */
  | { readonly kind: 'drop-answer' }
  /** Answers 500; handles the request before when `handled`. */
  | { readonly kind: 'error'; readonly handled: boolean }
  /** Handles the request and answers its status with a body that is not JSON. */
  | { readonly kind: 'garbage' }
  /** Handles the request, sends half of the answer and closes the connection. */
  | { readonly kind: 'truncate' }
  /** Handles the request when the promise is done. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Handles the request after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Serves a document with other bytes of the same length. */
  | { readonly kind: 'other-bytes' }
  /** Answers 404. */
  | { readonly kind: 'not-found' }
  /** Feed: the first item of the page comes twice. */
  | { readonly kind: 'repeat-item' }
  /** Feed: the first item of the page is left out. */
  | { readonly kind: 'skip-item' };

/** Asked for every request. `route` is the path as the OpenAPI document writes it; `n` counts the requests of this method and route from 1. */
export type FaultScript = (request: { readonly method: string; readonly route: string; readonly n: number }) => Fault | null;

/** Makes a server misbehave by a script; for tests only. Must be added before the other hooks. */
export function addFaults(app: FastifyInstance, script: FaultScript): void {
  const counts = new Map<string, number>();
  const faults = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', async (request, reply) => {
    const route = routeOf(request);
    const key = `${request.method} ${route}`;
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    const fault = script({ method: request.method, route, n });
    if (fault === null) return;
    faults.set(request, fault);
    if (fault.kind === 'hold') await fault.until;
    if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault.kind === 'drop') {
      reply.hijack();
      request.raw.socket.destroy();
    }
    if (fault.kind === 'error' && !fault.handled) return sendProblem(reply, 'unexpected');
    if (fault.kind === 'not-found') return sendProblem(reply, 'not-found');
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = faults.get(request);
    return fault ? spoil(fault, request, reply, payload) : payload;
  });
}

async function spoil(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  switch (fault.kind) {
    case 'drop-answer':
      request.raw.socket.destroy();
      return payload;
    case 'error':
      reply.code(500);
      return JSON.stringify({ code: 'unexpected', message: 'The registry failed.' });
    case 'garbage':
      reply.removeHeader('content-length');
      return '<html>not the registry';
    case 'truncate':
      return truncate(request, reply, await readBytes(payload));
    case 'other-bytes':
      return flipFirstByte(payload);
    case 'repeat-item':
      return editFeed(payload, (items) => [...items.slice(0, 1), ...items]);
    case 'skip-item':
      return editFeed(payload, (items) => items.slice(1));
    default:
      return payload;
  }
}

async function readBytes(payload: unknown): Promise<Buffer> {
  if (typeof payload === 'string') return Buffer.from(payload);
  if (!(payload instanceof Readable)) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  for await (const chunk of payload) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function truncate(request: FastifyRequest, reply: FastifyReply, whole: Buffer): Readable {
  reply.header('content-length', whole.length);
  async function* half() {
    yield whole.subarray(0, Math.floor(whole.length / 2));
    await new Promise((resolve) => setImmediate(resolve)); // lets the first half leave
    request.raw.socket.destroy();
  }
  return Readable.from(half(), { objectMode: false });
}

function flipFirstByte(payload: unknown): unknown {
  if (!(payload instanceof Readable)) return payload;
  let flipped = false;
  const flip = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      const bytes = Buffer.from(chunk);
      if (!flipped && bytes.length > 0) {
        bytes.writeUInt8(bytes.readUInt8(0) ^ 0xff, 0);
        flipped = true;
      }
      next(null, bytes);
    },
  });
  pipeline(payload, flip).catch(() => undefined);
  return flip;
}

function editFeed(payload: unknown, edit: (items: FeedPage['items']) => FeedPage['items']): unknown {
  if (typeof payload !== 'string') return payload;
  const page = JSON.parse(payload) as FeedPage;
  return JSON.stringify({ ...page, items: edit(page.items) });
}
