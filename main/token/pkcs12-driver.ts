import { createPrivateKey, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readGostPrivateKey } from '../signature/index.ts';
import { mayServe, subjectPublicKeyOf } from './key-usage.ts';
import { readPkcs12, type Pkcs12Contents } from './read-pkcs12.ts';
import type { FoundKey, KeyRef, PreparedKey, SigningDisplay, TokenSession } from './token-host.ts';

/** A key file is some kilobytes; certificates of a whole chain keep it far below this. */
const MAX_FILE_BYTES = 1024 * 1024;
const RSA = '1.2.840.113549.1.1.1';

/** Key files right in some folders, by name. A folder that is not there holds none. */
export async function listPkcs12(folders: readonly string[]): Promise<FoundKey[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(folder).then(keyFilesOf(folder), () => [])));
  return lists.flat();
}

const keyFilesOf =
  (folder: string) =>
  (names: string[]): FoundKey[] =>
    names
      .filter((name) => name.endsWith('.p12'))
      .sort()
      .map((name) => ({
        ref: { kind: 'pkcs12', file: path.join(folder, name) },
        certificate: null,
        label: name,
        tries: 'first',
        protectedPath: false,
        alwaysAuthenticate: false,
      }));

/** Finds an RSA or Kazakh GOST key in a PKCS#12 file; keys of other algorithms are answered `key-unreadable` with their identifier. */
export async function preparePkcs12(key: Extract<KeyRef, { kind: 'pkcs12' }>): Promise<Result<PreparedKey>> {
  let file: Buffer;
  try {
    const { size } = await stat(key.file);
    if (size === 0) return fail('key-unreadable', { reason: 'empty' });
    if (size > MAX_FILE_BYTES) return fail('key-unreadable', { reason: 'too-large' });
    file = await readFile(key.file);
  } catch {
    return fail('key-unreadable', { reason: 'missing' });
  }
  const sealed = readPkcs12(file);
  if (!sealed.ok) return sealed;
  return ok({
    triesState: 'first',
    way: 'typed',
    unlock: async (pin, purpose) => {
      const contents = sealed.value.unseal(pin);
      return contents.ok ? openSession(contents.value, purpose) : contents;
    },
  });
}

/** A key of a file that signs here. */
type FileKey = {
  readonly algorithm: TokenSession['algorithm'];
  sign(tbs: Uint8Array): Uint8Array;
  belongsTo(certificate: Buffer): boolean;
};

function openSession(contents: Pkcs12Contents, purpose: SigningDisplay['purpose']): Result<TokenSession> {
  const keys = contents.privateKeys.flatMap(({ algorithm, pkcs8 }) => (algorithm === RSA ? rsaKey(pkcs8) : gostKey(pkcs8)) ?? []);
  const [unknown] = contents.privateKeys;
  if (keys.length === 0)
    return fail(
      'key-unreadable',
      unknown && unknown.algorithm !== RSA ? { reason: 'algorithm', algorithm: unknown.algorithm } : { reason: 'format' },
    );
  const pairs = keys.flatMap((key) => {
    const certificate = contents.certificates.find((candidate) => key.belongsTo(candidate));
    return certificate ? [{ key, certificate }] : [];
  });
  if (pairs.length === 0) return fail('certificate-unfit', { reason: 'no-match' });
  const pair = pairs.find(({ certificate }) => mayServe(certificate, purpose));
  if (!pair) return fail('certificate-unfit', { reason: 'key-usage' });
  // the registry opens sessions by keys that its runtime can check
  if (purpose === 'sign-in' && pair.key.algorithm.startsWith('GOST')) return fail('key-algorithm-unsupported');
  const chain = contents.certificates.filter((candidate) => candidate !== pair.certificate);
  return ok(sessionOf(pair.key, pair.certificate, chain));
}

function sessionOf(key: FileKey, certificate: Uint8Array, chain: readonly Uint8Array[]): TokenSession {
  let held: FileKey | null = key;
  return {
    certificate,
    chain,
    algorithm: key.algorithm,
    signsOnce: false,
    sign: async (tbs) => (held ? ok(held.sign(tbs)) : fail('token-removed')),
    close: async () => {
      held = null;
    },
  };
}

function rsaKey(pkcs8: Buffer): FileKey | null {
  const key = parsePrivateKey(pkcs8);
  if (!key) return null;
  return { algorithm: 'RSA-SHA256', sign: (tbs) => sign('sha256', tbs, key), belongsTo: (certificate) => isRsaPair(certificate, key) };
}

function gostKey(pkcs8: Buffer): FileKey | null {
  const key = readGostPrivateKey(pkcs8);
  if (!key) return null;
  return {
    algorithm: key.algorithm,
    sign: (tbs) => key.sign(tbs),
    belongsTo: (certificate) => Buffer.from(subjectPublicKeyOf(certificate)).equals(key.subjectPublicKey),
  };
}

function parsePrivateKey(pkcs8: Buffer): KeyObject | null {
  try {
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}

/** A certificate with a key that this runtime does not know (GOST) belongs to no RSA key. */
function isRsaPair(certificate: Buffer, key: KeyObject): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(key);
  } catch {
    return false;
  }
}
