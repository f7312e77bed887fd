import { der } from '../../asn1/index.ts';
import { createHasher, type Digest, type Hasher } from '../algorithms/hash.ts';
import type { KazakhGost } from '../algorithms/gost-private-key.ts';

export type SigningAlgorithm = 'RSA-SHA256' | 'ECDSA-P256-SHA256' | 'ECDSA-P384-SHA256' | KazakhGost;

type Identifiers = {
  /** Of the content and of the signed attributes. */
  readonly hash: Digest;
  readonly digestIdentifier: Uint8Array;
  readonly signatureIdentifier: Uint8Array;
};

const withNull = (oid: string): Uint8Array => der.sequence(der.oid(oid), der.nullValue());
const SHA256 = { hash: 'SHA-256', digestIdentifier: der.sequence(der.oid('2.16.840.1.101.3.4.2.1')) } as const;
const ECDSA: Identifiers = { ...SHA256, signatureIdentifier: der.sequence(der.oid('1.2.840.10045.4.3.2')) };

/** The full signature identifiers, as NCALayer writes them, not the bare key algorithm. */
export const SIGNING_ALGORITHMS: Readonly<Record<SigningAlgorithm, Identifiers>> = {
  'RSA-SHA256': { ...SHA256, signatureIdentifier: withNull('1.2.840.113549.1.1.11') },
  'ECDSA-P256-SHA256': ECDSA,
  'ECDSA-P384-SHA256': ECDSA,
  'GOST3410-2015-512': {
    hash: 'STREEBOG-512',
    digestIdentifier: withNull('1.2.398.3.10.1.3.3'),
    signatureIdentifier: withNull('1.2.398.3.10.1.1.2.3.2'),
  },
  'GOST34310-2004': {
    hash: 'GOST34311',
    digestIdentifier: withNull('1.2.398.3.10.1.3.1'),
    signatureIdentifier: withNull('1.2.398.3.10.1.1.1.2'),
  },
};

/** Hashes content as a signature of this algorithm wants it. */
export const contentHasher = (algorithm: SigningAlgorithm): Hasher => createHasher(SIGNING_ALGORITHMS[algorithm].hash);
