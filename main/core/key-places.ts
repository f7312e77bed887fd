import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readSetting, writeSetting, type Reading, type Store } from '../store/index.ts';
import { knownModules, type KeyPlaces } from '../token/index.ts';

const OWN_MODULES = 'token.modules';

/** PKCS#11 modules that were allowed on this desk beside the known ones; absolute paths. */
export const ownModules = (read: Reading): string[] => readSetting<string[]>(read, OWN_MODULES) ?? [];

/** Where the keys of a desk may be. The window has no say in it. */
export async function keyPlaces(read: Reading, resourcesDir: string, keyFolder: string): Promise<KeyPlaces> {
  return { keyFolders: [keyFolder], modules: [...(await knownModules(resourcesDir)), ...ownModules(read)] };
}

type Change = { readonly file: string; readonly allowed: boolean; readonly at: string; readonly actor: string | null };

/** Allows a module on this desk, or no longer. It is code that will see PINs: it must be named by its full path and be there. */
export function changeOwnModules(store: Store, { file, allowed, at, actor }: Change): Result<string[]> {
  if (allowed && !(path.isAbsolute(file) && fs.statSync(file, { throwIfNoEntry: false })?.isFile()))
    return fail('driver-missing', { reason: 'absent' });
  return store.write((tx) => {
    const others = ownModules(tx).filter((module) => module !== file);
    const modules = allowed ? [...others, file] : others;
    writeSetting(tx, OWN_MODULES, modules);
    tx.journal({ at, actor, action: 'token.modules-changed', subject: null, details: { module: file, allowed: String(allowed) } });
    return ok(modules);
  });
}
