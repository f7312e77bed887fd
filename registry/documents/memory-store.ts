import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DocumentStore } from './document-store.ts';

/** For registries that leave nothing behind. */
export function openMemoryStore(): DocumentStore {
  const held = new Map<string, Buffer>();
  return {
    async receive(bytes, limitBytes) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size <= limitBytes) chunks.push(chunk);
      }
      if (size > limitBytes) return null;
      const whole = Buffer.concat(chunks);
      const sha256 = createHash('sha256').update(whole).digest('hex');
      return { sha256, size, keep: async () => void held.set(sha256, whole), discard: () => Promise.resolve() };
    },
    async open(sha256, range) {
      const whole = held.get(sha256);
      if (!whole) return null;
      return Readable.from([range ? whole.subarray(range.first, range.last + 1) : whole]);
    },
    close: async () => held.clear(),
  };
}
