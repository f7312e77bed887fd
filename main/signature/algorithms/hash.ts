/** Digest algorithms by object identifier; only SHA-2 of 256 bits and more is computed, the others are recognised so that they can be named. */
export type Digest = 'SHA-256' | 'SHA-384' | 'SHA-512';

const HASH_NAMES: Readonly<Record<string, string>> = {
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

export const isDigest = (name: string): name is Digest => name === 'SHA-256' || name === 'SHA-384' || name === 'SHA-512';

/** Hashes that are broken: recognised as weak, not as unknown. */
export const isWeakHash = (name: string): boolean => name === 'SHA-1' || name === 'MD5' || name === 'SHA-224';

/** The name node:crypto knows a digest by. */
export const nodeHash = (digest: Digest): string => digest.replace('-', '').toLowerCase();
