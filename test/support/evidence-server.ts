import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';
import { newPath, openssl, writeTemporary, type Certificate, type Revoked } from './openssl-pki.ts';
import { daysFromNow } from './openssl-pki.ts';
import { standardResponder } from './openssl-ocsp.ts';

export type Asked = { readonly method: string; readonly path: string; readonly headers: http.IncomingHttpHeaders; readonly body: Buffer };
type Handler = (asked: Asked, response: http.ServerResponse) => unknown;

/** A server of an authority that keeps what it was asked and answers by path. */
export type EvidenceServer = {
  readonly host: string;
  readonly port: number;
  url(path: string): string;
  readonly asked: Asked[];
  answer(path: string, handler: Handler | Uint8Array): void;
};

export async function startEvidenceServer(): Promise<EvidenceServer> {
  const asked: Asked[] = [];
  const handlers = new Map<string, Handler>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const item = { method: request.method ?? '', path, headers: request.headers, body: Buffer.concat(chunks) };
      asked.push(item);
      const handler = handlers.get(path);
      if (handler) handler(item, response);
      else response.writeHead(404).end();
    });
  });
  const port = await listen(server);
  return {
    host: '127.0.0.1',
    port,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    asked,
    answer: (path, handler) =>
      handlers.set(path, typeof handler === 'function' ? handler : (_, response) => response.writeHead(200).end(handler)),
  };
}

/** A server below HTTP: whatever it says or does not say. */
export async function startRawServer(speak: (socket: net.Socket) => void): Promise<number> {
  return listen(
    net.createServer((socket) => {
      socket.on('error', () => socket.destroy());
      speak(socket);
    }),
  );
}

/** A port where nobody listens. */
export async function deadPort(): Promise<number> {
  const server = net.createServer();
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: http.Server | net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** OpenSSL's own responder over one exchange; it answers with the nonce of the request. */
export function opensslResponder(options: {
  issuer: Certificate;
  known: readonly Certificate[];
  revoked?: readonly Revoked[];
  responder?: Certificate;
  minutes?: number;
}): (request: Uint8Array) => Promise<Uint8Array> {
  const responder = options.responder ?? standardResponder();
  const serialOf = ({ pem }: Certificate) => openssl('x509', '-in', pem, '-noout', '-serial').toString().trim().split('=')[1]!;
  const time = (instant: string): string => `${instant.replace(/\D/g, '').slice(2, 14)}Z`;
  const lines = options.known.map((certificate) => {
    const entry = options.revoked?.find((item) => item.certificate === certificate);
    const state = entry
      ? `R\t401231000000Z\t${time(entry.at ?? daysFromNow(-10))}${entry.reason ? `,${entry.reason}` : ''}`
      : 'V\t401231000000Z\t';
    const serial = serialOf(certificate);
    return `${state}\t${serial}\tunknown\t/CN=${serial}\n`;
  });
  const index = writeTemporary('index.txt', lines.join(''));
  return async (request) => {
    const [query, out] = [newPath('query.der'), newPath('answer.der')];
    writeFileSync(query, request);
    await promisify(execFile)('openssl', [
      ...['ocsp', '-index', index, '-CA', options.issuer.pem, '-rsigner', responder.pem, '-rkey', responder.key],
      ...['-reqin', query, '-respout', out, '-rmd', 'sha256'],
      ...(options.minutes === undefined ? [] : ['-nmin', String(options.minutes)]),
    ]);
    return new Uint8Array(readFileSync(out));
  };
}

/** Puts a responder behind a path. */
export const respondWith =
  (responder: (request: Uint8Array) => Promise<Uint8Array>): Handler =>
  async (asked, response) =>
    response.writeHead(200, { 'content-type': 'application/ocsp-response' }).end(await responder(asked.body));
