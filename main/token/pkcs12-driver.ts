import { createPrivateKey, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { mayServe } from './key-usage.ts';
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

/** Finds an RSA key in a PKCS#12 file; keys of other algorithms are answered `key-unreadable` with their identifier. */
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

function openSession(contents: Pkcs12Contents, purpose: SigningDisplay['purpose']): Result<TokenSession> {
  const rsaKeys = contents.privateKeys.filter(({ algorithm }) => algorithm === RSA);
  if (rsaKeys.length === 0) {
    const algorithm = contents.privateKeys[0]?.algorithm;
    return fail('key-unreadable', algorithm ? { reason: 'algorithm', algorithm } : { reason: 'format' });
  }
  const pairs = rsaKeys.flatMap(({ pkcs8 }) => {
    const privateKey = parsePrivateKey(pkcs8);
    const certificate = privateKey && contents.certificates.find((candidate) => belongsTo(candidate, privateKey));
    return certificate ? [{ privateKey, certificate }] : [];
  });
  if (pairs.length === 0) return fail('certificate-unfit', { reason: 'no-match' });
  const pair = pairs.find(({ certificate }) => mayServe(certificate, purpose));
  if (!pair) return fail('certificate-unfit', { reason: 'key-usage' });
  const chain = contents.certificates.filter((candidate) => candidate !== pair.certificate);
  return ok(sessionOf(pair.privateKey, pair.certificate, chain));
}

function sessionOf(key: KeyObject, certificate: Uint8Array, chain: readonly Uint8Array[]): TokenSession {
  let held: KeyObject | null = key;
  return {
    certificate,
    chain,
    algorithm: 'RSA-SHA256',
    signsOnce: false,
    sign: async (tbs) => (held ? ok(sign('sha256', tbs, held)) : fail('token-removed')),
    close: async () => {
      held = null;
    },
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
function belongsTo(certificate: Buffer, key: KeyObject): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(key);
  } catch {
    return false;
  }
}
