import { createPrivateKey, sign } from 'node:crypto';
import { talonKeyId, type CourtSystemKey } from '../registration/index.ts';
import { readSetting, type Reading } from '../store/index.ts';

/** How the court's system key lies in the encrypted store. Certificates are base64 DER, the key is PEM (EC P-256). */
export type StoredSystemKey = { readonly certificate: string; readonly chain: readonly string[]; readonly privateKeyPem: string };
export const SYSTEM_KEY_SETTING = 'court.system-key';

/** The key that seals talons by itself. A profile is never made without one. */
export function openSystemKey(read: Reading): CourtSystemKey {
  const stored = readSetting<StoredSystemKey>(read, SYSTEM_KEY_SETTING);
  if (!stored) throw new Error('the profile has no system key');
  const certificate = Buffer.from(stored.certificate, 'base64');
  const key = createPrivateKey(stored.privateKeyPem);
  return {
    certificate: new Uint8Array(certificate),
    chain: stored.chain.map((c) => new Uint8Array(Buffer.from(c, 'base64'))),
    algorithm: 'ECDSA-P256-SHA256',
    keyId: talonKeyId(certificate),
    sign: (tbs) => Promise.resolve(new Uint8Array(sign('sha256', tbs, key))),
    signText: (text) => sign('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  };
}
