import { fail, ok, type Result } from '../../shared/result.ts';
import { keyProtection, openDataKey, readProfile } from '../store/index.ts';
import type { DialogLook } from './dialogs/open-dialog.ts';
import { askPassphrase } from './dialogs/pin-prompts.ts';
import { systemKeyProtector } from './key-protector.ts';

export type OpenedProfile = { readonly profileDir: string; readonly dataKey: Uint8Array; readonly mode: 'training' | 'real' };

/**
 * Unwraps the data key of a profile by what protects it: nothing (training), the operating system's key store, a passphrase.
 * Errors: `profile-missing`, `database-key-wrong`, `passphrase-needed` when the person gave none, `registry-mode-mismatch` when a
 * training desk was asked for and this is a real one.
 */
export async function openProfile(profileDir: string, training: boolean, look: DialogLook): Promise<Result<OpenedProfile>> {
  const profile = readProfile(profileDir);
  if (!profile.ok) return profile;
  if (training && profile.value.mode !== 'training') return fail('registry-mode-mismatch');
  const { mode } = profile.value;
  const opened = (dataKey: Uint8Array) => ok({ profileDir, dataKey, mode });
  const protection = keyProtection(profileDir);
  if (!protection.ok) return protection;
  switch (protection.value) {
    case 'open': {
      const key = openDataKey(profileDir, { kind: 'open' });
      return key.ok ? opened(key.value) : key;
    }
    case 'os': {
      const protector = systemKeyProtector();
      const key = protector ? openDataKey(profileDir, protector) : fail('database-key-wrong');
      return key.ok ? opened(key.value) : key;
    }
    case 'passphrase':
      for (let wrongBefore = false; ; wrongBefore = true) {
        const passphrase = await askPassphrase(look, wrongBefore);
        if (passphrase === null) return fail('passphrase-needed');
        const key = openDataKey(profileDir, { kind: 'passphrase', passphrase });
        if (key.ok) return opened(key.value);
        if (key.error.code !== 'database-key-wrong') return key;
      }
  }
}
