import { createWriteStream } from 'node:fs';
import { link, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isDiskFull, type BlobStore } from '../../store/index.ts';
import { safeFileName } from '../windows/safe-file-name.ts';

const MOST_OF_ONE_NAME = 1000;

/** Writes the decrypted bytes whole under a name that is free, and returns that name. Errors: `disk-full`, `file-not-saved`. */
export async function saveUnprinted(
  folder: string,
  blobs: Pick<BlobStore, 'read'>,
  document: { readonly sha256: string; readonly fileName: string },
): Promise<Result<string>> {
  const wanted = path.parse(safeFileName(document.fileName));
  const part = path.join(folder, `.${wanted.name}.${process.pid}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(Readable.from(blobs.read(document.sha256)), createWriteStream(part, { mode: 0o600 }));
    for (let nth = 1; nth <= MOST_OF_ONE_NAME; nth++) {
      const name = nth === 1 ? wanted.base : `${wanted.name} (${nth})${wanted.ext}`;
      if (await takeName(part, path.join(folder, name))) return ok(name);
    }
    return fail('file-not-saved');
  } catch (error) {
    return fail(isDiskFull(error) ? 'disk-full' : 'file-not-saved');
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

/** A link never replaces what is there, unlike a move. */
async function takeName(part: string, file: string): Promise<boolean> {
  try {
    await link(part, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
