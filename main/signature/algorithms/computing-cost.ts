import type { Digest } from './hash.ts';
import type { PublicKey } from './public-key.ts';
import { schemeHash, type SignatureScheme } from './signature-scheme.ts';

/** Nanoseconds per octet, rounded up from a machine of 2024; what is not known here is not computed. */
const HASHING: Readonly<Record<Digest, number>> = {
  'SHA-256': 1,
  'SHA-224': 1,
  'SHA-1': 1,
  MD5: 2,
  'SHA-384': 2.5,
  'SHA-512': 2.5,
  'STREEBOG-256': 15,
  'STREEBOG-512': 15,
  GOST34311: 50,
};
/** Microseconds of one value. */
const CURVES: Readonly<Record<string, number>> = { 'P-256': 150, 'P-384': 700, 'P-521': 1_500 };
const GOST = { 32: 1_500, 64: 5_000 } as const;
const DSA_PER_BIT = 3;

/** What computing a digest costs, in microseconds of about the same size on any machine: a measure of work, not of time. */
export function digestCost(hash: string, octets: number): number {
  return Object.hasOwn(HASHING, hash) ? (HASHING[hash as Digest] * octets) / 1_000 : 0;
}

/** What verifying a value over `octets` costs, in the same measure. */
export function valueCost(scheme: SignatureScheme, key: PublicKey, octets: number): number {
  return keyCost(key) + digestCost(schemeHash(scheme) ?? '', octets);
}

function keyCost(key: PublicKey): number {
  switch (key.kind) {
    case 'rsa':
      // Quadratic in the modulus, and twice that for exponents of more than the usual 17 bits.
      return 40 + (key.bits / 256) ** 2 * (key.exponent > 65_537n ? 0.8 : 0.4);
    case 'ec':
      return CURVES[key.curve] ?? 0;
    case 'gost':
      return key.curve ? GOST[key.curve.octets] : 0;
    case 'dsa':
      return key.bits * DSA_PER_BIT;
    case 'unknown':
      return 0;
  }
}
