import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { openApiPath } from '../../registry/http/route-name.ts';

/** What a line can do to one request. */
export type LineFault =
  /** The request never arrives. */
  | { readonly kind: 'lose-request' }
  /** It arrives and is done; the answer never comes. */
  | { readonly kind: 'lose-answer' }
  /** It arrives twice; the second answer is the one that comes. */
  | { readonly kind: 'duplicate' }
  /** It arrives after the next request of the same route has been answered. */
  | { readonly kind: 'overtaken' }
  /** A box on the way answers in the place of the registry. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  /** The answer is replaced by a page that is no JSON. */
  | { readonly kind: 'garbage' }
  /** Half of the answer comes, then the connection breaks. */
  | { readonly kind: 'truncate' }
  /** The connection is accepted and nothing ever comes. */
  | { readonly kind: 'silent' }
  /** Half of the answer comes, then nothing any more, and the connection stays. */
  | { readonly kind: 'half-silent' }
  /** Half of the request goes out, then the connection breaks. */
  | { readonly kind: 'cut-request' }
  /** Everything comes, late and in drops. */
  | { readonly kind: 'slow'; readonly latencyMs: number; readonly bytesPerSecond: number };

/** `route` is the path as the OpenAPI document writes it, `n` counts the requests of this method and route from 1 since the script was set. */
export type LineScript = (request: { readonly method: string; readonly route: string; readonly n: number }) => LineFault | null;

export type FaultProxy = {
  readonly url: string;
  /** Every request, as `METHOD /route`, oldest first. */
  readonly asked: string[];
  /** How many bytes of body came with each of them. */
  readonly bodies: number[];
  follow(script: LineScript | null): void;
  /** Called for each request before it is forwarded. */
  onRequest: ((count: number) => void) | null;
  close(): Promise<void>;
};

const DROPS_PER_SECOND = 20;

/** A line between desk and registry that misbehaves as it is told. With `tls` it speaks TLS towards the desk. */
export async function startFaultProxy(
  target: string,
  options: { tls?: { key: string; cert: string }; port?: number } = {},
): Promise<FaultProxy> {
  const asked: string[] = [];
  const bodies: number[] = [];
  const waiting = new Set<() => void>();
  let script: LineScript | null = null;
  let counts = new Map<string, number>();

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? 'GET';
    const route = routeOf(request.url ?? '/');
    const key = `${method} ${route}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const place = asked.push(key) - 1;
    bodies[place] = 0;
    proxy.onRequest?.(asked.length);
    const fault = script?.({ method, route, n: counts.get(key)! }) ?? null;
    if (fault?.kind === 'lose-request') return void request.socket.destroy();
    if (fault?.kind === 'silent') return void request.resume();
    const body = await readAll(request);
    bodies[place] = body.length;
    if (fault?.kind === 'status') return void response.writeHead(fault.status, fault.headers).end('<html>a box on the way</html>');
    if (fault?.kind === 'overtaken') await new Promise<void>((resolve) => waiting.add(resolve));
    if (fault?.kind === 'cut-request') return (await forward(target, request, body, body.length / 2), void request.socket.destroy());
    if (fault?.kind === 'duplicate') await forward(target, request, body);
    if (fault?.kind === 'slow') await pause(fault.latencyMs + (body.length / fault.bytesPerSecond) * 1000);
    const answer = await forward(target, request, body);
    if (answer === null) return void request.socket.destroy();
    await give(response, answer, fault);
    for (const release of fault?.kind === 'overtaken' ? [] : waiting) release();
    if (fault?.kind !== 'overtaken') waiting.clear();
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void handle(request, response).catch(() => request.socket.destroy());
  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const proxy: FaultProxy = {
    url: `${options.tls ? 'https' : 'http'}://${options.tls ? 'localhost' : '127.0.0.1'}:${port}`,
    asked,
    bodies,
    follow(next) {
      script = next;
      counts = new Map();
      for (const release of waiting) release();
      waiting.clear();
    },
    onRequest: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

type Answer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly body: Buffer };

async function give(response: ServerResponse, answer: Answer, fault: LineFault | null): Promise<void> {
  const { status, body } = answer;
  const headers = { ...answer.headers, 'content-length': String(body.length) };
  const half = body.subarray(0, Math.floor(body.length / 2));
  switch (fault?.kind) {
    case 'lose-answer':
      response.socket?.destroy();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>please sign in to the network</html>');
      return;
    case 'truncate':
      response.writeHead(status, headers).write(half, () => response.socket?.destroy());
      return;
    case 'half-silent':
      response.writeHead(status, headers).write(half);
      return;
    case 'slow': {
      await pause(fault.latencyMs);
      response.writeHead(status, headers);
      const drop = Math.max(1, Math.floor(fault.bytesPerSecond / DROPS_PER_SECOND));
      for (let at = 0; at < body.length && !response.destroyed; at += drop) {
        response.write(body.subarray(at, at + drop));
        await pause(1000 / DROPS_PER_SECOND);
      }
      response.end();
      return;
    }
    default:
      response.writeHead(status, headers).end(body);
  }
}

/** Null when the registry gave no whole answer, or was sent only a part of the request. */
function forward(target: string, request: IncomingMessage, body: Buffer, upTo = body.length): Promise<Answer | null> {
  const headers = { ...request.headers };
  delete headers['transfer-encoding'];
  const length = body.length > 0 || request.method === 'PUT' || request.method === 'POST' ? { 'content-length': String(body.length) } : {};
  return new Promise((resolve) => {
    const out = http.request(new URL(request.url ?? '/', target), {
      method: request.method,
      agent: false,
      headers: { ...headers, ...length, host: new URL(target).host },
    });
    out.on('error', () => resolve(null));
    out.on('response', (answer) => {
      readAll(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes }),
        () => resolve(null),
      );
    });
    // what has gone out is read on the other side before it hears of the break
    if (upTo < body.length) out.write(body.subarray(0, Math.floor(upTo)), () => setTimeout(() => out.destroy(), 100));
    else out.end(body);
  });
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const routeOf = (url: string) =>
  openApiPath(
    new URL(url, 'http://line').pathname
      .replace(/^(\/v1\/documents)\/[0-9a-f]{64}$/, '$1/:sha256')
      .replace(/^(\/v1(?:\/cabinet\/resumable-|\/)uploads)\/[\w-]{32}$/, '$1/:id'),
  );
