import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { open, rename, rm, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentStore, Received } from './document-store.ts';
import { writeHashed } from './write-hashed.ts';

/** Longer than any request may last. */
const ABANDONED_MS = 60 * 60_000;

/** Keeps documents as files `ab/ab…` below a folder; unfinished ones in `incoming` are swept away at a later start. */
export function openFolderStore(root: string): DocumentStore {
  const incoming = path.join(root, 'incoming');
  fs.mkdirSync(incoming, { recursive: true, mode: 0o700 });
  sweep(incoming);
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

/** Not the young ones: another registry on the same server may be receiving them. */
function sweep(incoming: string): void {
  for (const name of fs.readdirSync(incoming)) {
    const file = path.join(incoming, name);
    const changed = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed < Date.now() - ABANDONED_MS) fs.rmSync(file, { force: true });
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
