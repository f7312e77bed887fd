import type { TokenModule } from '../../shared/contract/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Reading } from '../store/index.ts';
import type { CoreContext } from './core-context.ts';
import { sha256Of } from './hand-out.ts';
import { changeOwnModules, keyFolderOf, keyPlaces, ownModules } from './key-places.ts';

/** The PKCS#11 modules that were allowed on this desk beside the known ones. The window knows each by a digest of its place and names none. */
export const listModules = (read: Reading): TokenModule[] => ownModules(read).map((file) => ({ id: sha256Of(Buffer.from(file)), file }));

/** Allows a module on this desk, or no longer, and looks for tokens anew. Errors: `driver-missing` when no file is there. */
export async function changeModules(
  { desk, tokenHost }: Pick<CoreContext, 'desk' | 'tokenHost'>,
  change: { readonly file: string; readonly allowed: boolean; readonly actor: string },
): Promise<Result<TokenModule[]>> {
  const { store, config, profile } = desk;
  const changed = changeOwnModules(store, { ...change, at: config.clock() });
  if (!changed.ok) return changed;
  const keyFolder = keyFolderOf(config.profileDir, profile.mode);
  tokenHost.use(await keyPlaces(store.read, config.resourcesDir, keyFolder, await desk.trust()));
  return ok(listModules(store.read));
}
