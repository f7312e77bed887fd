import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dialog, type BrowserWindow } from 'electron';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isDiskFull, type BlobStore } from '../../store/index.ts';
import { safeFileName } from './safe-file-name.ts';

/** Asks where to, then writes the decrypted bytes beside the place and moves them there whole. */
export async function saveDocument(
  parent: BrowserWindow,
  folder: string,
  blobs: Pick<BlobStore, 'read' | 'has'>,
  document: { sha256: string; fileName: string },
): Promise<Result<boolean>> {
  if (!blobs.has(document.sha256)) return fail('document-missing');
  const chosen = await dialog.showSaveDialog(parent, { defaultPath: path.join(folder, safeFileName(document.fileName)) });
  if (chosen.canceled || chosen.filePath === '') return ok(false);
  const part = `${chosen.filePath}.part`;
  try {
    await pipeline(Readable.from(blobs.read(document.sha256)), createWriteStream(part, { mode: 0o600 }));
    await rename(part, chosen.filePath);
    return ok(true);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    return fail(isDiskFull(error) ? 'disk-full' : 'file-not-saved');
  }
}
