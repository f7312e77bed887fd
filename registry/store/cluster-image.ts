import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * An image of a new database (about 30 MB), from the user's cache folder, where it is kept (5 MB) because making one takes PGlite
 * some seconds. `version` names what is in it; an image of another version, or one that is damaged, is made anew. It holds no rows of anyone.
 */
export async function loadClusterImage(version: string, make: () => Promise<Buffer<ArrayBuffer>>): Promise<Buffer<ArrayBuffer>> {
  const file = cacheFile(version);
  if (file !== null) {
    try {
      return gunzipSync(fs.readFileSync(file));
    } catch {
      // absent or damaged
    }
  }
  const image = await make();
  if (file !== null) keep(file, image);
  return image;
}

/** Images of other versions go. A full or read-only disk costs those seconds at each start, nothing else. */
function keep(file: string, bytes: Buffer): void {
  const unfinished = `${file}.${randomUUID()}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(unfinished, gzipSync(bytes, { level: 1 }), { mode: 0o600 });
    fs.renameSync(unfinished, file);
    for (const name of fs.readdirSync(path.dirname(file))) {
      if (name !== path.basename(file) && /^pglite-.*\.tar\.gz$/.test(name))
        fs.rmSync(path.join(path.dirname(file), name), { force: true });
    }
  } catch {
    if (fs.existsSync(unfinished)) fs.rmSync(unfinished, { force: true });
  }
}

/** Null where the version of PGlite cannot be told: an image of another version must never be used. */
function cacheFile(version: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
    const manifest = JSON.parse(fs.readFileSync(path.join(path.dirname(entry), '../package.json'), 'utf8')) as { version: string };
    const hash = createHash('sha256').update(version).digest('hex').slice(0, 16);
    return path.join(cacheRoot(), 'kense', `pglite-${manifest.version}-${hash}.tar.gz`);
  } catch {
    return null;
  }
}

function cacheRoot(): string {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
  return process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
}
