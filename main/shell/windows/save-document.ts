import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dialog, type BrowserWindow } from 'electron';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isDiskFull, type BlobStore } from '../../store/index.ts';
import { safeFileName } from './safe-file-name.ts';

/** Asks where to; null when the person cancelled. */
export async function choosePlace(parent: BrowserWindow, folder: string, fileName: string): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(parent, { defaultPath: path.join(folder, safeFileName(fileName)) });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}

/** Writes the decrypted bytes beside the place and moves them there whole. */
export async function saveDocument(
  blobs: Pick<BlobStore, 'read' | 'has'>,
  { sha256, place }: { sha256: string; place: string },
): Promise<Result<null>> {
  if (!blobs.has(sha256)) return fail('document-missing');
  const part = `${place}.part`;
  try {
    await pipeline(Readable.from(blobs.read(sha256)), createWriteStream(part, { mode: 0o600 }));
    await rename(part, place);
    return ok(null);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    return fail(isDiskFull(error) ? 'disk-full' : 'file-not-saved');
  }
}
