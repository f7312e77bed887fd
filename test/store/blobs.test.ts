import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBlobStore } from '../../main/store/index.ts';
import { tempDir } from '../support/temp-dir.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const collect = async (source: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const filesOf = (dir: string) =>
  fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name));
const CHUNK = 64 * 1024;

describe('the document store', () => {
  it('gives back every range of what was put in, for any size', async () => {
    const dir = tempDir();
    const blobs = createBlobStore({ dir, key: randomBytes(32) });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17), fc.nat(), fc.nat(), async (size, a, b) => {
        const bytes = randomBytes(size);
        const put = await blobs.putBytes(bytes);
        expect(put).toEqual({ ok: true, value: { sha256: sha256(bytes), size } });
        expect(blobs.size(sha256(bytes))).toBe(size);
        const [start, end] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y) as [number, number];
        expect(Buffer.compare(await collect(blobs.read(sha256(bytes))), bytes)).toBe(0);
        expect(Buffer.compare(await collect(blobs.read(sha256(bytes), { start, end })), bytes.subarray(start, end))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('shows neither the content nor the hash of a document on disk', async () => {
    const dir = tempDir();
    const blobs = createBlobStore({ dir, key: randomBytes(32) });
    const text = Buffer.from('Талап қою арызы: Ғалымжанов Әділет Қуанышұлы '.repeat(50));
    const put = await blobs.putBytes(text);
    const hash = put.ok ? put.value.sha256 : '';
    const [file] = filesOf(dir);
    expect(file).not.toContain(hash);
    expect(fs.readFileSync(file!).includes(Buffer.from('Ғалымжанов'))).toBe(false);
    expect(createBlobStore({ dir, key: randomBytes(32) }).has(hash)).toBe(false);
  });

  it('refuses a file of which one bit was changed, a chunk was cut off or two chunks were swapped', async () => {
    const key = randomBytes(32);
    const bytes = randomBytes(3 * CHUNK);
    const hash = sha256(bytes);
    const tampers: ((b: Buffer) => Buffer)[] = [
      (b) => ((b[100] = b[100]! ^ 1), b),
      (b) => b.subarray(0, b.length - (CHUNK + 16)),
      (b) =>
        Buffer.concat([
          b.subarray(0, 20),
          b.subarray(20 + CHUNK + 16, 20 + 2 * (CHUNK + 16)),
          b.subarray(20, 20 + CHUNK + 16),
          b.subarray(20 + 2 * (CHUNK + 16)),
        ]),
    ];
    for (const tamper of tampers) {
      const dir = tempDir();
      const blobs = createBlobStore({ dir, key });
      await blobs.putBytes(bytes);
      const [file] = filesOf(dir);
      fs.writeFileSync(file!, tamper(fs.readFileSync(file!)));
      await expect(collect(blobs.read(hash))).rejects.toThrow();
    }
  });

  it('continues an interrupted fetch where it stopped and keeps only what has the right hash', async () => {
    const dir = tempDir();
    const blobs = createBlobStore({ dir, key: randomBytes(32) });
    const bytes = randomBytes(5 * CHUNK + 100);
    const offsets: number[] = [];
    const from = (stopAfter: number) =>
      async function* (offset: number) {
        offsets.push(offset);
        yield bytes.subarray(offset, Math.min(offset + stopAfter, bytes.length));
      };
    expect(await blobs.fetch(sha256(bytes), bytes.length, from(2 * CHUNK + 50))).toMatchObject({
      ok: false,
      error: { code: 'document-missing' },
    });
    expect(blobs.has(sha256(bytes))).toBe(false);
    expect(await blobs.fetch(sha256(bytes), bytes.length, from(Infinity))).toEqual({ ok: true, value: null });
    expect(offsets).toEqual([0, 2 * CHUNK]);
    expect(Buffer.compare(await collect(blobs.read(sha256(bytes))), bytes)).toBe(0);
  });

  it('throws away a fetch with other bytes or more bytes than promised, and starts anew', async () => {
    const dir = tempDir();
    const blobs = createBlobStore({ dir, key: randomBytes(32) });
    const bytes = randomBytes(1000);
    const other = async function* () {
      yield randomBytes(1000);
    };
    const longer = async function* () {
      yield Buffer.concat([bytes, bytes]);
    };
    const right = async function* (offset: number) {
      yield bytes.subarray(offset);
    };
    expect(await blobs.fetch(sha256(bytes), 1000, other)).toMatchObject({ ok: false, error: { code: 'document-hash-mismatch' } });
    expect(await blobs.fetch(sha256(bytes), 1000, longer)).toMatchObject({ ok: false, error: { code: 'document-hash-mismatch' } });
    expect(filesOf(dir)).toEqual([]);
    expect(await blobs.fetch(sha256(bytes), 1000, right)).toEqual({ ok: true, value: null });
  });
});
