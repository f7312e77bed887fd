import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { digestCost } from './algorithms/computing-cost.ts';
import { createHasher, type Digest } from './algorithms/hash.ts';
import type { ComputingBudget } from './computing-budget.ts';

/** Signed content that is hashed as it streams by, never held whole. */
export type ContentSource = {
  digest(algorithm: Digest): Promise<Uint8Array>;
  /** Where the bytes lie on the disk, when they do so as they are. */
  readonly file?: string;
  /** The bytes themselves, from the beginning each time. */
  open(): AsyncIterable<Uint8Array>;
};

/** The content could not be read to its end: nothing can be said about a signature over it. */
export class ContentUnreadable extends Error {}

export function contentFromBytes(bytes: Uint8Array): ContentSource {
  return contentFromPieces([bytes]);
}

/** Bytes of one file without what lies between, as a PDF signature covers them. */
export function contentFromPieces(pieces: readonly Uint8Array[]): ContentSource {
  return {
    digest: (algorithm) => {
      const hash = createHasher(algorithm);
      for (const piece of pieces) hash.update(piece);
      return Promise.resolve(new Uint8Array(hash.digest()));
    },
    async *open() {
      yield* pieces;
    },
  };
}

/** @param open starts the stream anew each time; it may fail, then the verification answers `file-unreadable`. */
export function contentFromStream(open: () => AsyncIterable<Uint8Array>): ContentSource {
  const read = async function* (): AsyncIterable<Uint8Array> {
    try {
      yield* open();
    } catch (error) {
      throw new ContentUnreadable('content stream failed', { cause: error });
    }
  };
  return {
    async digest(algorithm) {
      const hash = createHasher(algorithm);
      for await (const chunk of read()) hash.update(chunk);
      return new Uint8Array(hash.digest());
    },
    open: read,
  };
}

/** Up to this size waiting for a file costs more than reading it. */
const SMALL_OCTETS = 1024 * 1024;

/** A file of any size, read anew each time. */
export function contentFromFile(file: string): ContentSource {
  const stream = contentFromStream(async function* () {
    if (statSync(file).size > SMALL_OCTETS) yield* createReadStream(file, { highWaterMark: SMALL_OCTETS }) as AsyncIterable<Buffer>;
    else yield readFileSync(file);
  });
  return {
    ...stream,
    // One buffer for the whole file: pieces of their own would cost more than hashing them.
    digest: (algorithm) => {
      const hash = createHasher(algorithm);
      try {
        const descriptor = openSync(file, 'r');
        try {
          const buffer = new Uint8Array(Math.min(SMALL_OCTETS, fstatSync(descriptor).size || SMALL_OCTETS));
          for (let octets = readSync(descriptor, buffer); octets > 0; octets = readSync(descriptor, buffer))
            hash.update(buffer.subarray(0, octets));
        } finally {
          closeSync(descriptor);
        }
      } catch (error) {
        return Promise.reject(new ContentUnreadable('content file failed', { cause: error }));
      }
      return Promise.resolve(new Uint8Array(hash.digest()));
    },
    file,
  };
}

/** Computes each digest once however many signers ask for it. */
export function rememberDigests(content: ContentSource): ContentSource {
  const known = new Map<Digest, Promise<Uint8Array>>();
  const digest = (algorithm: Digest): Promise<Uint8Array> => {
    const found = known.get(algorithm) ?? content.digest(algorithm);
    known.set(algorithm, found);
    return found;
  };
  return { ...content, digest };
}

/**
 * What is read of a content again and again is paid for. The first pass over it is free, and its digests are where its length is not known:
 * a content is as large as it is.
 * @param octets null when not known.
 */
export function limitWork(content: ContentSource, octets: number | null, budget: ComputingBudget): ContentSource {
  let seen = 0;
  return {
    digest(algorithm) {
      if (octets !== null) budget.spend(digestCost(algorithm, octets));
      return content.digest(algorithm);
    },
    async *open() {
      let at = 0;
      for await (const chunk of content.open()) {
        at += chunk.length;
        if (at <= seen) budget.spend(digestCost('SHA-512', chunk.length));
        seen = Math.max(seen, at);
        yield chunk;
      }
    },
  };
}

/** The whole content when it is shorter than `limit`, otherwise null. */
export async function readSmall(content: ContentSource, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of content.open()) {
    total += chunk.length;
    if (total > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
