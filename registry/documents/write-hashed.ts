import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Writes a stream to a new file and onto the disk; null when it is longer than the limit, then the file is incomplete. */
export async function writeHashed(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<{ sha256: string; size: number } | null> {
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
