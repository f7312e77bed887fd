import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentTickets } from '../../../main/shell/serving/document-tickets.ts';
import { serveDocument } from '../../../main/shell/serving/serve-document.ts';
import { createBlobStore } from '../../../main/store/index.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'kense-documents-'));
const bytes = new Uint8Array(randomBytes(200_000));
const sha256 = createHash('sha256').update(bytes).digest('hex');
const blobs = createBlobStore({ dir, key: new Uint8Array(randomBytes(32)) });
const tickets = new DocumentTickets();
const serve = serveDocument(tickets, () => blobs);
const open = () => tickets.publish({ sha256, contentType: 'application/pdf', size: bytes.length });
const get = (url: string, range?: string) => serve(new Request(url, range === undefined ? {} : { headers: { range } }));
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

beforeAll(async () => {
  expect(await blobs.putBytes(bytes)).toMatchObject({ ok: true });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('a document under its ticket', () => {
  it('arrives whole, with the content type of the ticket and nothing to guess', async () => {
    const answer = get(open());
    expect(answer.status).toBe(200);
    expect((await bodyOf(answer)).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
    });
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=10-19', 10, 20],
    ['bytes=65530-65545', 65_530, 65_546],
    ['bytes=199990-', 199_990, 200_000],
    ['bytes=-5', 199_995, 200_000],
    ['bytes=-999999', 0, 200_000],
    ['bytes=199999-999999', 199_999, 200_000],
  ])('arrives in the part %s', async (range, start, end) => {
    const answer = get(open(), range);
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/200000`);
    expect((await bodyOf(answer)).equals(bytes.subarray(start, end))).toBe(true);
  });

  it.each(['bytes=200000-', 'bytes=999999-1000000', 'bytes=-0'])('has no part %s', (range) => {
    expect(get(open(), range).status).toBe(416);
  });

  it.each(['bytes=5-1', 'bytes=0-1,5-6', 'bytes=a-b', 'items=0-1', 'bytes=-', ''])('arrives whole when asked for %j', async (range) => {
    const answer = get(open(), range);
    expect(answer.status).toBe(200);
    expect((await bodyOf(answer)).length).toBe(bytes.length);
  });

  it('is not found under a guessed or cut ticket, nor by its hash, nor by POST; under an ended one there is nothing', async () => {
    const url = open();
    for (const address of [`${url}0`, url.slice(0, -1), `app://kense/document/${sha256}`, `app://kense/document/${'0'.repeat(32)}`]) {
      expect(get(address).status).toBe(404);
    }
    expect(serve(new Request(url, { method: 'POST' })).status).toBe(404);
    tickets.clear();
    for (const range of [undefined, 'bytes=0-9']) {
      const ended = get(url, range);
      expect([ended.status, (await bodyOf(ended)).length]).toEqual([204, 0]);
    }
    const next = open();
    tickets.clear();
    expect([get(url).status, get(next).status]).toEqual([404, 204]);
  });

  it('has another address each time, of 128 random bits', () => {
    const urls = new Set(Array.from({ length: 50 }, open));
    expect(urls.size).toBe(50);
    for (const url of urls) expect(url).toMatch(/^app:\/\/kense\/document\/[0-9a-f]{32}$/);
  });

  it('keeps the newest addresses when there are very many', () => {
    const first = open();
    const last = Array.from({ length: 250 }, open).at(-1)!;
    expect(get(first).status).toBe(404);
    expect(get(last).status).toBe(200);
  });

  it('breaks off when its file was changed on disk, instead of passing a part for the whole', async () => {
    const changed = new Uint8Array(randomBytes(150_000));
    const stored = await blobs.putBytes(changed);
    const hash = stored.ok ? stored.value.sha256 : '';
    const url = tickets.publish({ sha256: hash, contentType: 'text/plain', size: changed.length });
    for (const file of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      const full = path.join(file.parentPath, file.name);
      if (!file.isFile() || readFileSync(full).length > 160_000) continue;
      const sealed = readFileSync(full);
      sealed[140_000]! ^= 1;
      writeFileSync(full, sealed);
    }
    await expect(bodyOf(get(url))).rejects.toThrow();
  });

  it('is not there while no profile is open', () => {
    expect(serveDocument(tickets, () => null)(new Request(open())).status).toBe(404);
  });
});
