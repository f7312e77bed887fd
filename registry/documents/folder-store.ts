import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { open, rename, rm, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentStore, Received } from './document-store.ts';

/** Keeps documents as files `ab/ab…` below a folder; unfinished ones in `incoming` are swept away at the next start. */
export function openFolderStore(root: string): DocumentStore {
  const incoming = path.join(root, 'incoming');
  fs.rmSync(incoming, { recursive: true, force: true });
  fs.mkdirSync(incoming, { recursive: true, mode: 0o700 });
  const place = (sha256: string) => path.join(root, sha256.slice(0, 2), sha256);

  return {
    async receive(bytes, limitBytes) {
      const file = path.join(incoming, randomUUID());
      const discard = () => rm(file, { force: true });
      try {
        const written = await writeHashed(file, bytes, limitBytes);
        if (written === null) return (await discard(), null);
        return { ...written, discard, keep: () => moveIntoPlace(file, place(written.sha256)) } satisfies Received;
      } catch (error) {
        await discard();
        throw error;
      }
    },
    async open(sha256, range) {
      try {
        const handle = await open(place(sha256), 'r');
        return handle.createReadStream(range ? { start: range.first, end: range.last } : {});
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}

async function writeHashed(file: string, bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<{ sha256: string; size: number } | null> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  try {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limitBytes) continue; // read to its end, or the sender would see a broken line instead of the refusal
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    if (size > limitBytes) return null;
    await handle.sync();
    return { sha256: hash.digest('hex'), size };
  } finally {
    await handle.close();
  }
}

async function moveIntoPlace(file: string, target: string): Promise<void> {
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(file, target);
  if (process.platform === 'win32') return; // has no way to sync a folder
  for (const name of [folder, path.dirname(folder)]) {
    const handle = await open(name, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
