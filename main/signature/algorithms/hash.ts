import { createHash } from 'node:crypto';
import { Gost34311 } from './gost34311.ts';
import { Streebog } from './streebog.ts';
import { fastestAbsorb } from './streebog-wasm.ts';

/**
 * Hashes that can be computed. The weak ones too: whether a signature made with them still counts is for a policy to say, with the date
 * from which.
 */
export type Digest =
  | 'SHA-256'
  | 'SHA-384'
  | 'SHA-512'
  | 'SHA-224'
  | 'SHA-1'
  | 'MD5'
  | 'STREEBOG-256'
  | 'STREEBOG-512'
  /** ГОСТ 34.311-95 with the test S-boxes, as older Kazakh keys use it. */
  | 'GOST34311';

/** Takes a message in pieces; `digest` ends it. */
export type Hasher = {
  update(data: Uint8Array): void;
  digest(): Uint8Array;
};

const HASH_NAMES: Readonly<Record<string, Digest>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '1.3.14.3.2.26': 'SHA-1',
  '1.2.840.113549.2.5': 'MD5',
  '1.2.398.3.10.1.3.1': 'GOST34311',
  '1.2.398.3.10.1.3.2': 'STREEBOG-256',
  '1.2.398.3.10.1.3.3': 'STREEBOG-512',
  '1.2.643.7.1.1.2.2': 'STREEBOG-256',
  '1.2.643.7.1.1.2.3': 'STREEBOG-512',
};

/** Name of the hash, or the object identifier itself when it is not known. */
export const hashName = (oid: string): string => HASH_NAMES[oid] ?? oid;

/** Hashes that are broken, whatever a policy says of them. */
export const isWeakHash = (name: string): boolean => name === 'SHA-1' || name === 'MD5' || name === 'SHA-224';

const OWN: Readonly<Record<string, () => Hasher>> = {
  'STREEBOG-256': () => new Streebog(256, fastestAbsorb),
  'STREEBOG-512': () => new Streebog(512, fastestAbsorb),
  GOST34311: () => new Gost34311(),
};
const NODE_NAMES: Readonly<Record<string, string>> = {
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA-224': 'sha224',
  'SHA-1': 'sha1',
  MD5: 'md5',
};

/** Runtimes may be built or set up without the weak ones. */
const present = new Map<string, boolean>();

function isPresent(nodeName: string): boolean {
  let answer = present.get(nodeName);
  if (answer === undefined) {
    try {
      createHash(nodeName);
      answer = true;
    } catch {
      answer = false;
    }
    present.set(nodeName, answer);
  }
  return answer;
}

/** Whether this name is a hash this program can compute here. */
export function isDigest(name: string): name is Digest {
  if (Object.hasOwn(OWN, name)) return true;
  const nodeName = nodeHash(name);
  return nodeName !== null && isPresent(nodeName);
}

/** The name node:crypto knows a hash by; null for those it does not compute. */
export const nodeHash = (name: string): string | null => (Object.hasOwn(NODE_NAMES, name) ? (NODE_NAMES[name] ?? null) : null);

export function createHasher(name: Digest): Hasher {
  const own = OWN[name];
  return own ? own() : createHash(nodeHash(name)!);
}

/** The hash of bytes at hand; null when it cannot be computed here. */
export function digestOf(name: string, bytes: Uint8Array): Uint8Array | null {
  if (!isDigest(name)) return null;
  const hasher = createHasher(name);
  hasher.update(bytes);
  return new Uint8Array(hasher.digest());
}
