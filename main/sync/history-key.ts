import { createPublicKey, verify } from 'node:crypto';
import type { Health } from '../../shared/registry/index.ts';
import { readSetting, writeSetting, type Reading, type Store, type Writing } from '../store/index.ts';

const KEY = 'registry.history-key';

/** Keeps the first key that the registry names; false when it now names another one, or none any more. */
export function pinHistoryKey(store: Store, health: Health): boolean {
  const pinned = readHistoryKey(store.read);
  if (pinned === null && health.historyKey !== undefined) store.write((tx) => writeSetting(tx, KEY, health.historyKey));
  return pinned === null || pinned === health.historyKey;
}

/** The registry's Ed25519 key as this desk knows it, base64url; null before the first exchange. */
export const readHistoryKey = (read: Reading): string | null => readSetting<string>(read, KEY);

export const forgetHistoryKey = (tx: Writing): void => writeSetting(tx, KEY, null);

/** Whether the registry signed this text with the key that this desk knows; null where it has none, because the registry is an older one. */
export function isSignedByRegistry(read: Reading, text: string, signature: string): boolean | null {
  const x = readHistoryKey(read);
  if (x === null) return null;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
