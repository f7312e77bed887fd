import fs from 'node:fs';
import path from 'node:path';

/** A file of a filing's own folder; names that lead out of it are not there. */
export async function readInside(dir: string, name: string): Promise<Uint8Array | null> {
  const file = path.resolve(dir, name);
  const relative = path.relative(dir, file);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return null;
  return fs.promises.readFile(file).then(
    (b) => new Uint8Array(b),
    () => null,
  );
}
