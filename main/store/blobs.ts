import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isDiskFull } from './open-store.ts';

/**
 * Documents by the SHA-256 of their plain bytes, encrypted at rest.
 *
 * File: `KNB1`, 16 bytes of salt, then chunks of 64 KiB sealed with AES-256-GCM (key = HKDF of the data key and the salt;
 * nonce = counter and a last-chunk mark, so chunks can neither be swapped nor cut off). The file name is a keyed hash,
 * so that nobody without the key can ask whether a known document is here.
 */
export type BlobStore = {
  has(sha256: string): boolean;
  /** Plain size in bytes, null when it is not here. */
  size(sha256: string): number | null;
  /** How many bytes of an unfinished fetch are here. */
  received(sha256: string): number;
  /** Plain bytes; throws when the file was tampered with. `start` is inclusive, `end` exclusive. */
  read(sha256: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /** The whole document in memory; null when it is missing or larger than `maxBytes`. */
  readAll(sha256: string, maxBytes: number): Promise<Uint8Array | null>;
  putBytes(bytes: Uint8Array): Promise<Result<{ sha256: string; size: number }>>;
  /** Fetches from an offset until the size is reached; continues where an interrupted fetch stopped; keeps it only when the hash is right. */
  fetch(sha256: string, size: number, from: (offset: number) => AsyncIterable<Uint8Array>): Promise<Result<null>>;
  /** Takes a document away, and what was fetched of it; one that is not here is no fault. */
  remove(sha256: string): void;
};

const MAGIC = Buffer.from('KNB1');
const HEAD = MAGIC.length + 16;
const CHUNK = 64 * 1024;
const SEALED = CHUNK + 16;

export function createBlobStore(options: { dir: string; key: Uint8Array }): BlobStore {
  const nameKey = Buffer.from(hkdfSync('sha256', options.key, Buffer.alloc(0), 'kense blob names', 32));
  const fileOf = (sha256: string) => {
    const name = createHmac('sha256', nameKey).update(sha256).digest('hex');
    return path.join(options.dir, name.slice(0, 2), name);
  };
  const keyOf = (salt: Uint8Array) => Buffer.from(hkdfSync('sha256', options.key, salt, 'kense blob', 32));
  const has = (sha256: string) => fs.existsSync(fileOf(sha256));

  async function* read(sha256: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    yield* readSealed(fileOf(sha256), keyOf, range);
  }

  /** Verifies the sealed file once more from disk, then makes it visible under its name. */
  async function keep(part: string, sha256: string): Promise<boolean> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of readSealed(part, keyOf)) hash.update(chunk);
    } catch {
      return false;
    }
    if (hash.digest('hex') !== sha256) return false;
    fs.renameSync(part, fileOf(sha256));
    syncDir(path.dirname(fileOf(sha256)));
    return true;
  }

  return {
    has,
    remove: (sha256) => {
      for (const file of [fileOf(sha256), `${fileOf(sha256)}.part`]) fs.rmSync(file, { force: true });
    },
    size: (sha256) => (has(sha256) ? plainSize(fs.statSync(fileOf(sha256)).size) : null),
    received: (sha256) => {
      const part = fs.statSync(`${fileOf(sha256)}.part`, { throwIfNoEntry: false });
      return part ? Math.max(0, plainSize(part.size)) : 0;
    },
    read,
    async readAll(sha256, maxBytes) {
      const size = has(sha256) ? plainSize(fs.statSync(fileOf(sha256)).size) : null;
      if (size === null || size > maxBytes) return null;
      // in place, for a document may be large
      const bytes = new Uint8Array(size);
      let at = 0;
      for await (const chunk of read(sha256)) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      return bytes;
    },
    async putBytes(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (has(sha256)) return ok({ sha256, size: bytes.length });
      const part = `${fileOf(sha256)}.${randomBytes(6).toString('hex')}.part`;
      return guardDisk(async () => {
        const writer = SealedWriter.create(part, keyOf);
        writer.write(bytes);
        writer.finish();
        if (!(await keep(part, sha256))) throw new Error('a document changed while it was being written');
        return ok({ sha256, size: bytes.length });
      }, part);
    },
    async fetch(sha256, size, from) {
      if (has(sha256)) return ok(null);
      const part = `${fileOf(sha256)}.part`;
      return guardDisk(async () => {
        const writer = SealedWriter.resume(part, keyOf, size);
        try {
          for await (const chunk of from(writer.written)) {
            if (writer.written + chunk.length > size) return (writer.abandon(), fail('document-hash-mismatch'));
            writer.write(chunk);
          }
        } catch (error) {
          writer.pause();
          throw error;
        }
        if (writer.written < size) return (writer.pause(), fail('document-missing'));
        writer.finish();
        if (await keep(part, sha256)) return ok(null);
        fs.rmSync(part, { force: true });
        return fail('document-hash-mismatch');
      }, null);
    },
  };
}

async function guardDisk<T>(work: () => Promise<Result<T>>, leftover: string | null): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (leftover) fs.rmSync(leftover, { force: true });
    if (isDiskFull(error)) return fail('disk-full');
    throw error;
  }
}

function plainSize(fileSize: number): number {
  const sealed = fileSize - HEAD;
  return sealed - 16 * Math.ceil(sealed / SEALED);
}

function nonce(counter: number, last: boolean): Buffer {
  const n = Buffer.alloc(12);
  n.writeUInt32BE(counter, 4);
  n[11] = last ? 1 : 0;
  return n;
}

async function* readSealed(
  file: string,
  keyOf: (salt: Uint8Array) => Buffer,
  range?: { start: number; end: number },
): AsyncIterable<Uint8Array> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    await handle.read(head, 0, HEAD, 0);
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not a stored document');
    const key = keyOf(head.subarray(MAGIC.length));
    const total = (await handle.stat()).size - HEAD;
    const chunks = Math.ceil(total / SEALED);
    const start = range?.start ?? 0;
    const end = range?.end ?? plainSize(total + HEAD);
    for (let i = Math.floor(start / CHUNK); i < chunks && (i * CHUNK < end || end === 0); i++) {
      const sealed = Buffer.alloc(Math.min(SEALED, total - i * SEALED));
      await handle.read(sealed, 0, sealed.length, HEAD + i * SEALED);
      const plain = open(key, sealed, i, i === chunks - 1);
      yield plain.subarray(Math.max(0, start - i * CHUNK), Math.min(plain.length, end - i * CHUNK));
    }
  } finally {
    await handle.close();
  }
}

function seal(key: Buffer, plain: Uint8Array, counter: number, last: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(counter, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
function open(key: Buffer, sealed: Uint8Array, counter: number, last: boolean): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter, last));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - 16)), decipher.final()]);
}

/** Seals chunk after chunk; a paused file can be resumed at its last whole chunk. */
class SealedWriter {
  written = 0;
  private counter = 0;
  private rest: Buffer = Buffer.alloc(0);
  private readonly fd: number;
  private readonly key: Buffer;
  private readonly file: string;

  private constructor(file: string, fd: number, key: Buffer) {
    this.file = file;
    this.fd = fd;
    this.key = key;
  }

  static create(file: string, keyOf: (salt: Uint8Array) => Buffer): SealedWriter {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const fd = fs.openSync(file, 'w+', 0o600);
    const salt = randomBytes(16);
    fs.writeSync(fd, Buffer.concat([MAGIC, salt]));
    return new SealedWriter(file, fd, keyOf(salt));
  }

  /** Goes on after the last whole chunk of an interrupted write; starts anew when there is nothing usable. */
  static resume(file: string, keyOf: (salt: Uint8Array) => Buffer, expectedSize: number): SealedWriter {
    if (!fs.existsSync(file)) return SealedWriter.create(file, keyOf);
    const fd = fs.openSync(file, 'r+');
    const head = Buffer.alloc(HEAD);
    const whole = Math.floor((fs.fstatSync(fd).size - HEAD) / SEALED);
    if (
      fs.readSync(fd, head, 0, HEAD, 0) !== HEAD ||
      !head.subarray(0, MAGIC.length).equals(MAGIC) ||
      whole < 1 ||
      whole * CHUNK >= expectedSize
    ) {
      fs.closeSync(fd);
      return SealedWriter.create(file, keyOf);
    }
    const writer = new SealedWriter(file, fd, keyOf(head.subarray(MAGIC.length)));
    fs.ftruncateSync(fd, HEAD + whole * SEALED);
    writer.counter = whole;
    writer.written = whole * CHUNK;
    return writer;
  }

  write(bytes: Uint8Array): void {
    this.written += bytes.length;
    let buffer = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // the last chunk is sealed by finish(), so one chunk's worth is always held back
    while (buffer.length > CHUNK) {
      this.append(buffer.subarray(0, CHUNK), false);
      buffer = buffer.subarray(CHUNK);
    }
    this.rest = Buffer.from(buffer);
  }

  finish(): void {
    this.append(this.rest, true);
    fs.fsyncSync(this.fd);
    fs.closeSync(this.fd);
  }

  pause(): void {
    fs.closeSync(this.fd);
  }

  abandon(): void {
    fs.closeSync(this.fd);
    fs.rmSync(this.file, { force: true });
  }

  private append(plain: Uint8Array, last: boolean): void {
    const sealed = seal(this.key, plain, this.counter, last);
    let at = 0;
    const position = HEAD + this.counter * SEALED;
    while (at < sealed.length) at += fs.writeSync(this.fd, sealed, at, sealed.length - at, position + at);
    this.counter++;
  }
}

function syncDir(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
