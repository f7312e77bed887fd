import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { RegistryMode } from '../../shared/registry/index.ts';
import { RegistryStartError } from '../start-error.ts';
import { single, type Database, type Sql } from './database.ts';

/** Made once for a database, so that restarts change nothing. */
export type Secrets = {
  readonly adminToken: string;
  readonly accessTokenKey: Uint8Array;
  /** Ed25519: signs the heads of feeds and the anchors of journals. */
  readonly historyKey: KeyObject;
  /** Its public half as the `x` of a JWK. */
  readonly historyPublicKey: string;
};

export function ensureSecrets(db: Database): Promise<Secrets> {
  return db.transaction(async (sql) => {
    const historyKey = createPrivateKey(await setting(sql, 'history-key', makeSigningKey));
    return {
      adminToken: await setting(sql, 'admin-token', () => randomBytes(24).toString('base64url')),
      accessTokenKey: Buffer.from(await setting(sql, 'access-token-key', () => randomBytes(32).toString('base64url')), 'base64url'),
      historyKey,
      historyPublicKey: createPublicKey(historyKey).export({ format: 'jwk' }).x!,
    };
  });
}

const makeSigningKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A database belongs to one mode for good: training data never turns into a court's. */
export async function ensureMode(db: Database, mode: RegistryMode): Promise<void> {
  const kept = await db.transaction((sql) => setting(sql, 'mode', () => mode));
  if (kept !== mode) throw new RegistryStartError('registry-mode-mismatch', `This database belongs to a registry in ${kept} mode.`);
}

async function setting(sql: Sql, name: string, make: () => string): Promise<string> {
  await sql.query('INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [name, make()]);
  return single(await sql.query<{ value: string }>('SELECT value FROM setting WHERE name = $1', [name])).value;
}
