import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Database, Sql } from '../store/database.ts';
import type { DocumentStore } from './document-store.ts';
import { writeHashed } from './write-hashed.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Keeps documents in the database, beside the rows that name them: for a server without a folder of its own. */
export function openDatabaseStore(db: Database): DocumentStore {
  const incoming = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-registry-'));
  return {
    async receive(bytes, limitBytes) {
      const file = path.join(incoming, randomUUID());
      const discard = () => rm(file, { force: true });
      const written = await writeHashed(file, bytes, limitBytes).catch(async (error: unknown) => {
        await discard();
        throw error;
      });
      if (written === null) return (await discard(), null);
      const keep = () => db.transaction((sql) => insertChunks(sql, written.sha256, file)).finally(discard);
      return { ...written, keep, discard };
    },
    async open(sha256, range) {
      const first = range?.first ?? 0;
      const last = range?.last ?? Number.MAX_SAFE_INTEGER;
      return Readable.from(readChunks(db, sha256, first, last), { objectMode: false });
    },
    close: () => rm(incoming, { recursive: true, force: true }),
  };
}

async function insertChunks(sql: Sql, sha256: string, file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    for (let position = 0; ; position++) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position * CHUNK_BYTES);
      if (bytesRead === 0) return;
      await sql.query('INSERT INTO document_chunk (sha256, position, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        sha256,
        position,
        buffer.subarray(0, bytesRead),
      ]);
    }
  } finally {
    await handle.close();
  }
}

async function* readChunks(sql: Sql, sha256: string, first: number, last: number): AsyncGenerator<Uint8Array> {
  for (let position = Math.floor(first / CHUNK_BYTES); position * CHUNK_BYTES <= last; position++) {
    const [chunk] = await sql.query<{ bytes: Uint8Array }>('SELECT bytes FROM document_chunk WHERE sha256 = $1 AND position = $2', [
      sha256,
      position,
    ]);
    if (!chunk) return;
    const offset = position * CHUNK_BYTES;
    yield chunk.bytes.subarray(Math.max(0, first - offset), Math.min(chunk.bytes.length, last + 1 - offset));
  }
}
