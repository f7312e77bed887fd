/* eslint-disable @typescript-eslint/no-deprecated -- the asynchronous forms do not exist in every Electron this runs on */
import { safeStorage } from 'electron';
import type { KeyProtector } from '../store/index.ts';

/** On Linux without a key store Electron would "encrypt" with a password that everybody knows. */
const NO_STORE = new Set(['basic_text', 'unknown']);

/** The operating system's key store, or null where there is none worth the name; a passphrase is asked for then. */
export function systemKeyProtector(): KeyProtector | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && NO_STORE.has(safeStorage.getSelectedStorageBackend())) return null;
  return {
    kind: 'os',
    wrap: (key) => safeStorage.encryptString(Buffer.from(key).toString('base64')),
    unwrap: (wrapped) => new Uint8Array(Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64')),
  };
}
