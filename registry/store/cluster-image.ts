import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';

/** Tables to be in the image: `version` names them, so that other tables make another image. */
export type ImageContent = { readonly version: string; readonly write: (db: PGlite) => Promise<void> };

/**
 * The folder of a new database with the given tables, as a tar of about 30 MB. Making one takes PGlite some seconds, so it is
 * made once for a machine and kept (5 MB) in the user's cache folder. It holds tables and no rows of anyone.
 */
export async function loadClusterImage(content: ImageContent): Promise<Blob> {
  const file = cacheFile(content);
  if (file !== null) {
    try {
      return new Blob([gunzipSync(fs.readFileSync(file))]);
    } catch {
      // absent or damaged: made anew
    }
  }
  const image = await makeImage(content);
  if (file !== null) keep(file, Buffer.from(await image.arrayBuffer()));
  return image;
}

async function makeImage(content: ImageContent): Promise<Blob> {
  const db = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
  try {
    await content.write(db);
    await db.exec('CHECKPOINT');
    return await db.dumpDataDir('none');
  } finally {
    await db.close();
  }
}

/** A full or read-only disk costs those seconds at each start, nothing else. */
function keep(file: string, bytes: Buffer): void {
  const unfinished = `${file}.${randomUUID()}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(unfinished, gzipSync(bytes, { level: 1 }), { mode: 0o600 });
    fs.renameSync(unfinished, file);
  } catch {
    fs.rmSync(unfinished, { force: true });
  }
}

/** Null where the version of PGlite cannot be told: an image of another version must never be used. */
function cacheFile(content: ImageContent): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
    const manifest = JSON.parse(fs.readFileSync(path.join(path.dirname(entry), '../package.json'), 'utf8')) as { version: string };
    const version = createHash('sha256').update(content.version).digest('hex').slice(0, 16);
    return path.join(cacheRoot(), 'kense', `pglite-${manifest.version}-${version}.tar.gz`);
  } catch {
    return null;
  }
}

function cacheRoot(): string {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
  return process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
}
