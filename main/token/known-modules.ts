import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const pathsSchema = z.array(z.string());
const listSchema = z.strictObject({
  version: z.string(),
  modules: z.array(z.strictObject({ name: z.string(), linux: pathsSchema, darwin: pathsSchema, win32: pathsSchema, source: z.string() })),
});

/**
 * Where the PKCS#11 modules of common tokens lie on this system, by `resources/tokens/modules.json`; whether one is there is for the
 * token host to see. A list that cannot be read names none: a desk works with key files and modules of its own setting then.
 */
export async function knownModules(resourcesDir: string, platform: NodeJS.Platform = process.platform): Promise<string[]> {
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return [];
  try {
    const list = listSchema.parse(JSON.parse(await readFile(path.join(resourcesDir, 'tokens', 'modules.json'), 'utf8')));
    return list.modules.flatMap((module) => module[platform]);
  } catch {
    return [];
  }
}
