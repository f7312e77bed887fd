import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBlobStore, type BlobStore } from '../../main/store/index.ts';
import { createRegistryClient, downloadDocument, type RegistryClient, type WorkstationIdentity } from '../../main/sync/index.ts';
import { tempDir } from '../support/temp-dir.ts';

const BYTES = randomBytes(300_000);
const OTHER = randomBytes(300_000);
const sha256 = createHash('sha256').update(BYTES).digest('hex');
const HALF = 150_000;

/** How a box on the way, or a registry that has changed, answers the second request of a document. */
type Second = (request: IncomingMessage, response: ServerResponse) => void;

describe('a document whose first half is here', () => {
  let server: http.Server;
  let client: RegistryClient;
  let blobs: BlobStore;
  let requests: IncomingMessage[];
  let second: Second;
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      const json = (value: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
      if (request.url === '/v1/health') return json({ status: 'ok', mode: 'training', protocol: 1, time: new Date().toISOString() });
      if (request.url === '/v1/token') return json({ accessToken: 'token', expiresInSeconds: 600 });
      requests.push(request);
      if (requests.length > 1) return second(request, response);
      response.writeHead(200, { etag: `"${sha256}"`, 'content-length': BYTES.length });
      response.write(BYTES.subarray(0, HALF), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const privateKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as WorkstationIdentity['privateKey'];
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = createRegistryClient({ url, identity: { workstationId: randomUUID(), privateKey }, newId });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    requests = [];
    blobs = createBlobStore({ dir: tempDir(), key: randomBytes(32) });
    expect((await download()).ok).toBe(false);
  });
  const download = () => downloadDocument({ client, blobs }, { id: 'document', sha256, size: BYTES.length });
  const offsetOf = ({ headers }: IncomingMessage) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]);

  it('is asked for from there on, on the condition that it is still the same', async () => {
    second = (request, response) => {
      const offset = offsetOf(request);
      response.writeHead(206, { etag: `"${sha256}"`, 'content-range': `bytes ${offset}-${BYTES.length - 1}/${BYTES.length}` });
      response.end(BYTES.subarray(offset));
    };
    expect(await download()).toEqual({ ok: true, value: 'stored' });
    expect(requests[1]!.headers['if-range']).toBe(`"${sha256}"`);
    expect(offsetOf(requests[1]!)).toBeGreaterThan(HALF / 2);
  });

  it('is taken from an answer that is the whole of the same document', async () => {
    second = (_, response) => response.writeHead(200, { etag: `"${sha256}"` }).end(BYTES);
    expect(await download()).toEqual({ ok: true, value: 'stored' });
    expect(Buffer.from((await blobs.readAll(sha256, BYTES.length))!).equals(BYTES)).toBe(true);
  });

  it.each<[string, Second]>([
    ['another document', (_, response) => response.writeHead(200, { etag: '"other"' }).end(OTHER)],
    ['a page without a name', (_, response) => response.writeHead(200).end('<html>sign in to the network</html>')],
    ['another range', (_, response) => response.writeHead(206, { 'content-range': 'bytes 0-9/10' }).end(BYTES.subarray(0, 10))],
  ])('is never joined with %s', async (_, answer) => {
    second = answer;
    expect(await download()).toMatchObject({ ok: false, error: { code: 'registry-answer-malformed', next: 'retry-later' } });
    expect(blobs.has(sha256)).toBe(false);
    second = (request, response) => {
      const offset = offsetOf(request);
      expect(offset).toBeGreaterThan(HALF / 2); // what is here stays
      response.writeHead(206, { 'content-range': `bytes ${offset}-${BYTES.length - 1}/${BYTES.length}` }).end(BYTES.subarray(offset));
    };
    expect(await download()).toEqual({ ok: true, value: 'stored' });
  });

  it('with other bytes under the right name is not kept, and begins anew', async () => {
    second = (request, response) => {
      const offset = offsetOf(request);
      response.writeHead(206, { 'content-range': `bytes ${offset}-${BYTES.length - 1}/${BYTES.length}` }).end(OTHER.subarray(offset));
    };
    expect(await download()).toEqual({ ok: true, value: 'hash-mismatch' });
    expect(blobs.has(sha256)).toBe(false);
    second = (request, response) => {
      expect(request.headers.range).toBeUndefined();
      response.writeHead(200, { etag: `"${sha256}"` }).end(BYTES);
    };
    expect(await download()).toEqual({ ok: true, value: 'stored' });
  });
});
