import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../store/index.ts';

/** A list or certificate as an address gave it. The bytes are public. */
export type CachedItem = {
  readonly kind: 'crl' | 'issuer';
  readonly url: string;
  readonly bytes: Uint8Array;
  /** UTC ISO. */
  readonly fetchedAt: string;
};

/** What addresses gave, by address: on disk, and the last used in memory, so that a large list is read and parsed once. */
export type EvidenceCache = {
  get(url: string): Promise<CachedItem | null>;
  /** Replaces what was there. */
  put(item: CachedItem): void;
  /** Everything on disk, in no order. */
  all(): Promise<CachedItem[]>;
};

const headSchema = z.strictObject({
  url: z.string(),
  kind: z.enum(['crl', 'issuer']),
  fetchedAt: z.iso.datetime(),
  sha256: z.string(),
});
const HEAD_MAX_OCTETS = 8 * 1024;
const MEMORY_OCTETS = 96 * 1024 * 1024;
const MAX_FILES = 256;
const NEWLINE = 0x0a;

const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/**
 * @param dir folder of the files, made when the first one is written; null for none. A file is a line of JSON that names address, time and
 * SHA-256, then the bytes: one rename replaces both. A file that does not fit its line counts as absent.
 */
export function createEvidenceCache(dir: string | null): EvidenceCache {
  const memory = new Map<string, CachedItem>();
  const fileOf = (folder: string, url: string) => path.join(folder, `${sha256Of(url)}.evidence`);

  function remember(item: CachedItem): CachedItem {
    memory.delete(item.url);
    memory.set(item.url, item);
    let total = [...memory.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [url, { bytes }] of memory) {
      if (total <= MEMORY_OCTETS || url === item.url) break;
      memory.delete(url);
      total -= bytes.length;
    }
    return item;
  }

  return {
    async get(url) {
      const known = memory.get(url);
      if (known) return remember(known);
      const item = dir === null ? null : await readItem(fileOf(dir, url));
      return item?.url === url ? remember(item) : null;
    },
    put(item) {
      remember(item);
      if (dir === null) return;
      const { url, kind, fetchedAt, bytes } = item;
      const head = `${JSON.stringify({ url, kind, fetchedAt, sha256: sha256Of(bytes) })}\n`;
      try {
        writeFileAtomically(fileOf(dir, url), Buffer.concat([Buffer.from(head), bytes]));
      } catch {
        // a full or read-only disk costs the next start a download, not this one its verdict
        return;
      }
      void prune(dir);
    },
    all: async () =>
      dir === null ? [...memory.values()] : (await Promise.all((await filesOf(dir)).map(readItem))).filter((i) => i !== null),
  };
}

async function filesOf(dir: string): Promise<string[]> {
  const names = await fs.readdir(dir).catch(() => []);
  return names.filter((name) => name.endsWith('.evidence')).map((name) => path.join(dir, name));
}

async function readItem(file: string): Promise<CachedItem | null> {
  const content = await fs.readFile(file).catch(() => null);
  if (content === null) return null;
  const end = content.subarray(0, HEAD_MAX_OCTETS).indexOf(NEWLINE);
  const head = headSchema.safeParse(parseJson(content.subarray(0, Math.max(end, 0)).toString('utf8')));
  if (!head.success) return null;
  const bytes = content.subarray(end + 1);
  const { url, kind, fetchedAt, sha256 } = head.data;
  return sha256Of(bytes) === sha256 ? { url, kind, fetchedAt, bytes } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Hostile certificates may name any number of addresses on a good host: the oldest files go. */
async function prune(dir: string): Promise<void> {
  const files = await filesOf(dir);
  if (files.length <= MAX_FILES) return;
  const aged = await Promise.all(
    files.map(async (file) => ({ file, time: (await fs.stat(file).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY })),
  );
  const oldest = aged.sort((a, b) => a.time - b.time).slice(0, files.length - MAX_FILES);
  for (const { file } of oldest) await fs.rm(file, { force: true });
}
