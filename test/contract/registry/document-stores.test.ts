import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readByteRange } from '../../../registry/documents/byte-range.ts';
import { openDatabaseStore } from '../../../registry/documents/database-store.ts';
import type { DocumentStore } from '../../../registry/documents/document-store.ts';
import { openFolderStore } from '../../../registry/documents/folder-store.ts';
import { openMemoryStore } from '../../../registry/documents/memory-store.ts';
import { openEmbedded } from '../../../registry/store/embedded.ts';
import { sha256 } from '../../support/registry/desk.ts';

const MEBIBYTE = 1024 * 1024;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-documents-test-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const stores: Record<string, () => Promise<{ store: DocumentStore; close: () => Promise<void> }>> = {
  async memory() {
    const store = openMemoryStore();
    return { store, close: () => store.close() };
  },
  async folder() {
    const store = openFolderStore(path.join(folder, 'documents'));
    return { store, close: () => store.close() };
  },
  async database() {
    const db = await openEmbedded(null);
    const store = openDatabaseStore(db);
    return { store, close: () => store.close().then(() => db.close()) };
  },
};

describe.each(Object.keys(stores))('documents in a %s', (name) => {
  let store: DocumentStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await stores[name]!());
  });
  afterAll(() => close());

  /** Bytes that differ at every place that matters, in chunks of odd sizes. */
  const bytesOf = (size: number) => Buffer.alloc(size, Buffer.from(Array.from({ length: 251 }, (_, index) => index)));
  async function* inChunks(bytes: Buffer, chunk = 65_521) {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  async function keep(bytes: Buffer): Promise<string> {
    const received = await store.receive(inChunks(bytes), MEBIBYTE * 4);
    expect(received).toMatchObject({ sha256: sha256(bytes), size: bytes.length });
    await received!.keep();
    return received!.sha256;
  }
  async function read(hash: string, range: { first: number; last: number } | null = null): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await store.open(hash, range))!) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }

  it.each([0, 1, MEBIBYTE - 1, MEBIBYTE, 2.5 * MEBIBYTE])('%i bytes come back as they were, whole and in ranges', async (size) => {
    const bytes = bytesOf(size);
    const hash = await keep(bytes);
    expect((await read(hash)).equals(bytes)).toBe(true);
    const edges = [0, 1, size >> 1, MEBIBYTE - 1, MEBIBYTE, 2 * MEBIBYTE, size - 1].filter((edge) => edge >= 0 && edge < size);
    for (const first of edges)
      for (const last of edges.filter((edge) => edge >= first))
        expect((await read(hash, { first, last })).equals(bytes.subarray(first, last + 1))).toBe(true);
  });

  it('the same bytes twice, also at the same time, are harmless', async () => {
    const bytes = bytesOf(100_000);
    const [hash] = await Promise.all([keep(bytes), keep(bytes)]);
    await keep(bytes);
    expect((await read(hash)).equals(bytes)).toBe(true);
  });

  it('more than the limit is read to its end and not kept', async () => {
    const bytes = bytesOf(200_000);
    let given = 0;
    const counted = async function* () {
      for await (const chunk of inChunks(bytes)) {
        given += chunk.length;
        yield chunk;
      }
    };
    expect(await store.receive(counted(), bytes.length - 1)).toBeNull();
    expect(given).toBe(bytes.length);
    const received = await store.receive(inChunks(bytes), bytes.length);
    expect(received).toMatchObject({ size: bytes.length });
    await received!.discard();
  });

  it('a stream that breaks off is a failure and leaves nothing', async () => {
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('the line is cut');
    }
    await expect(store.receive(broken(), MEBIBYTE)).rejects.toThrow('the line is cut');
    if (name === 'folder') expect(fs.readdirSync(path.join(folder, 'documents/incoming'))).toEqual([]);
  });

  it('bytes that are not here are not here', async () => {
    const stream = await store.open(sha256(`nowhere in ${name}`), null);
    expect(stream === null || (await stream.toArray()).length === 0).toBe(true);
  });
});

describe('a folder of documents', () => {
  it('holds only whole documents, and sweeps away what was left unfinished long ago', async () => {
    const root = path.join(folder, 'swept');
    const store = openFolderStore(root);
    const received = await store.receive(Readable.from([Buffer.from('discarded')]), 100);
    await received!.discard();
    expect(fs.readdirSync(root)).toEqual(['incoming']);
    const incoming = path.join(root, 'incoming');
    for (const name of ['old', 'young']) fs.writeFileSync(path.join(incoming, name), '');
    fs.utimesSync(path.join(incoming, 'old'), 0, 0);
    openFolderStore(root);
    expect(fs.readdirSync(incoming)).toEqual(['young']);
  });
});

describe('a Range header', () => {
  it.each([
    ['bytes=0-', 10, { first: 0, last: 9 }],
    ['bytes=3-5', 10, { first: 3, last: 5 }],
    [' bytes=9-99 ', 10, { first: 9, last: 9 }],
    ['bytes=-4', 10, { first: 6, last: 9 }],
    ['bytes=-99', 10, { first: 0, last: 9 }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=-1', 0, 'unsatisfiable'],
    ['bytes=5-3', 10, null],
    ['bytes=-', 10, null],
    ['bytes=0-1,3-4', 10, null],
    ['lines=0-1', 10, null],
    ['bytes=0x1-', 10, null],
    [undefined, 10, null],
  ] as const)('%s of %i bytes', (header, size, expected) => {
    expect(readByteRange(header, size)).toEqual(expected);
  });
});
