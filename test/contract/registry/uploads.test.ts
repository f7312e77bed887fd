import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Upload as TusUpload } from 'tus-js-client';
import { LIMITS, REGISTRY_PATHS } from '../../../shared/registry/index.ts';
import { sha256, type Desk } from '../../support/registry/desk.ts';
import type { Answer } from '../../support/registry/documented-client.ts';
import { CABINET_TOKEN, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { tempDir } from '../../support/temp-dir.ts';

let folder: string;
let open: OpenRegistry;
let desk: Desk;
beforeAll(async () => {
  folder = tempDir();
  open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: folder }));
  desk = await open.desk();
});
afterEach(() => vi.useRealTimers());
afterAll(() => open?.registry.close());
/** The registry stops and another process starts over the same folder; the desk stays signed in. */
async function restart(): Promise<void> {
  await open.registry.close();
  open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: folder }));
  const { token } = desk;
  desk = { ...desk, token, call: (operationId, call = {}) => open.client.call(operationId, { ...call, token }) };
}

const TUS = { 'tus-resumable': '1.0.0' };
const metadataOf = (hash: string) => `sha256 ${Buffer.from(hash).toString('base64')}`;
const begin = (by: Desk, bytes: Buffer, more: Record<string, string> = {}) =>
  by.call('beginUpload', {
    headers: { ...TUS, 'upload-length': String(bytes.length), 'upload-metadata': metadataOf(sha256(bytes)), ...more },
  });
const idOf = (answer: Answer) => answer.headers.get('location')!.slice(`${REGISTRY_PATHS.uploads}/`.length);
const patch = (by: Desk, id: string, offset: number, bytes: Buffer, more: Record<string, string> = {}) =>
  by.call('continueUpload', {
    path: { id },
    headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...more },
    body: new Uint8Array(bytes),
  });
const offsetOf = async (by: Desk, id: string) => {
  const { status, headers } = await by.call('readUpload', { path: { id }, headers: TUS });
  return status === 200 ? Number(headers.get('upload-offset')) : status;
};
const refusal = (answer: Answer) => [answer.status, answer.json?.code];
const staged = (id: string) => fs.readdirSync(path.join(folder, 'incoming')).filter((name) => name.includes(id));
const held = async (by: Desk, bytes: Buffer) => (await by.call('readDocument', { path: { sha256: sha256(bytes) } })).status === 200;

describe('a resumable upload', () => {
  it('takes the bytes in parts and holds the document when it is whole', async () => {
    const bytes = randomBytes(300_000);
    const begun = await begin(desk, bytes);
    expect([begun.status, begun.headers.get('tus-resumable')]).toEqual([201, '1.0.0']);
    const id = idOf(begun);
    expect(await offsetOf(desk, id)).toBe(0);
    expect((await patch(desk, id, 0, bytes.subarray(0, 100_000))).headers.get('upload-offset')).toBe('100000');
    expect(await offsetOf(desk, id)).toBe(100_000);
    expect(await held(desk, bytes)).toBe(false);
    expect((await patch(desk, id, 100_000, bytes.subarray(100_000))).status).toBe(204);
    expect((await desk.call('readDocument', { path: { sha256: sha256(bytes) } })).bytes.equals(bytes)).toBe(true);
    // whoever did not hear the answer learns that it is done; its bytes lie in one place only
    expect(await offsetOf(desk, id)).toBe(bytes.length);
    expect(staged(id)).toEqual([`${desk.id}.${id}.json`]);
  });

  it('goes on in another process over the same folder', async () => {
    const bytes = randomBytes(50_000);
    const id = idOf(await begin(desk, bytes));
    await patch(desk, id, 0, bytes.subarray(0, 20_000));
    await restart();
    expect(await offsetOf(desk, id)).toBe(20_000);
    expect((await patch(desk, id, 20_000, bytes.subarray(20_000))).status).toBe(204);
    expect(await held(desk, bytes)).toBe(true);
  });

  it('whose bytes have another hash keeps nothing', async () => {
    const bytes = randomBytes(1000);
    const id = idOf(await begin(desk, bytes));
    expect(refusal(await patch(desk, id, 0, Buffer.alloc(1000)))).toEqual([422, 'document-hash-mismatch']);
    expect(await offsetOf(desk, id)).toBe(404);
    expect(staged(id)).toEqual([]);
    expect(await held(desk, bytes)).toBe(false);
    expect(await held(desk, Buffer.alloc(1000))).toBe(false);
  });

  it('that stopped before its document was held asks for the last byte again', async () => {
    const bytes = randomBytes(1000);
    const id = idOf(await begin(desk, bytes));
    await patch(desk, id, 0, bytes.subarray(0, 999));
    fs.appendFileSync(path.join(folder, 'incoming', `${desk.id}.${id}`), bytes.subarray(999));
    expect(await offsetOf(desk, id)).toBe(999);
    expect((await patch(desk, id, 999, bytes.subarray(999))).status).toBe(204);
    expect(await held(desk, bytes)).toBe(true);
  });

  it('is refused where it is not what the protocol says', async () => {
    const bytes = randomBytes(100);
    const id = idOf(await begin(desk, bytes));
    expect(refusal(await patch(desk, id, 7, bytes))).toEqual([409, 'upload-offset-differs']);
    expect(refusal(await patch(desk, id, 0, Buffer.concat([bytes, bytes])))).toEqual([413, 'document-too-large']);
    expect(refusal(await patch(desk, id, 0, bytes, { 'content-type': 'text/plain' }))).toEqual([400, 'input-invalid']);
    expect(refusal(await patch(desk, id, 0, bytes, { 'tus-resumable': '0.2.0' }))).toEqual([400, 'input-invalid']);
    const without = await desk.call('beginUpload', { headers: { 'upload-length': '1' } });
    expect([...refusal(without), without.headers.get('tus-version')]).toEqual([412, 'tus-version-unsupported', '1.0.0']);
    for (const more of [
      { 'upload-length': '0' },
      { 'upload-length': 'x' },
      { 'upload-metadata': 'sha256 ===' },
      { 'upload-metadata': `sha256 ${Buffer.from('../../secrets').toString('base64')}` },
      { 'upload-metadata': 'filename eA==' },
    ])
      expect(refusal(await begin(desk, bytes, more))).toEqual([400, 'input-invalid']);
    expect(refusal(await begin(desk, bytes, { 'upload-length': String(LIMITS.wireDocumentBytes + 1) }))).toEqual([
      413,
      'document-too-large',
    ]);
    expect(await offsetOf(desk, id)).toBe(0);
  });

  it('belongs to the desk that began it: for any other it is not there, and neither is a path', async () => {
    const bytes = randomBytes(100);
    const other = await open.desk();
    const id = idOf(await begin(desk, bytes));
    await patch(desk, id, 0, bytes.subarray(0, 50));
    for (const guess of [id, `${desk.id}.${id}`, `../${desk.id}.${id}`, 'x'.repeat(32), '%2e%2e%2fdatabase']) {
      expect((await other.call('readUpload', { path: { id: guess }, headers: TUS })).status).toBe(404);
      expect(refusal(await patch(other, guess, 50, bytes.subarray(50)))).toEqual([404, 'not-found']);
      expect(refusal(await other.call('endUpload', { path: { id: guess }, headers: TUS }))).toEqual([404, 'not-found']);
    }
    const asCabinet = await open.client.call('readCabinetUpload', { path: { id }, headers: TUS, token: CABINET_TOKEN });
    expect(asCabinet.status).toBe(404);
    expect(await offsetOf(desk, id)).toBe(50);
    expect(await held(other, bytes)).toBe(false);
  });

  it('can be ended, and is swept away when nobody goes on with it for a day', async () => {
    const bytes = randomBytes(100);
    const ended = idOf(await begin(desk, bytes));
    expect((await desk.call('endUpload', { path: { id: ended }, headers: TUS })).status).toBe(204);
    expect(await offsetOf(desk, ended)).toBe(404);
    const begun = await begin(desk, bytes);
    const hours = (Date.parse(begun.headers.get('upload-expires')!) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    await patch(desk, idOf(begun), 0, bytes.subarray(0, 50));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
    expect(await offsetOf(desk, idOf(begun))).toBe(404);
    await restart();
    await expect.poll(() => staged(idOf(begun))).toEqual([]);
  });
});

describe('the cabinet', () => {
  it('uploads with the tus client of others, which goes on after a break', async () => {
    const bytes = randomBytes(2_000_000);
    const client = (more: object) =>
      new TusUpload(bytes, {
        endpoint: open.registry.url + REGISTRY_PATHS.cabinetUploads,
        metadata: { sha256: sha256(bytes), filename: 'Өмірбекова.pdf' },
        headers: { authorization: `Bearer ${CABINET_TOKEN}` },
        chunkSize: 500_000,
        retryDelays: null,
        ...more,
      });
    const place = await new Promise<string>((resolve, reject) => {
      const broken = client({
        onChunkComplete: () => void broken.abort().then(() => resolve(broken.url!)),
        onError: reject,
      });
      broken.start();
    });
    const first = await open.client.call('readCabinetUpload', { path: { id: place.slice(place.lastIndexOf('/') + 1) }, headers: TUS });
    expect(first.headers.get('upload-offset')).toBe('500000');
    const sizes: number[] = [];
    await new Promise<void>((onSuccess, onError) =>
      client({ uploadUrl: place, onChunkComplete: (size: number) => sizes.push(size), onSuccess: () => onSuccess(), onError }).start(),
    );
    expect(sizes).toEqual([500_000, 500_000, 500_000]);
    const [note] = staged(place.slice(place.lastIndexOf('/') + 1));
    expect(fs.readFileSync(path.join(folder, 'incoming', note!), 'utf8')).not.toContain('Өмірбекова');

    const submission = {
      court: '9900',
      kind: 'claim',
      language: 'kk',
      parties: [],
      documents: [{ role: 'claim', title: 't', fileName: 'f', size: bytes.length, sha256: sha256(bytes), signatures: [] }],
    };
    expect((await open.client.call('submitFiling', { json: submission, token: CABINET_TOKEN })).status).toBe(200);
    expect((await desk.call('readDocument', { path: { sha256: sha256(bytes) } })).bytes.equals(bytes)).toBe(true);
  });
});
