import type { GostCurve } from './gost-curves.ts';
import type { GostKey, GostName } from './gost-key.ts';
import { arithmeticOf, invert, type GostArithmetic, type Multiples } from './gost-point.ts';

/** Windows of the tables: the base point's is made once, a key's once per key. */
const BASE_WIDTH = 8;
const KEY_WIDTH = 5;

type Prepared = { readonly arithmetic: GostArithmetic; readonly base: Multiples };
const curves = new Map<GostCurve, Prepared>();

function prepare(curve: GostCurve): Prepared {
  let prepared = curves.get(curve);
  if (prepared === undefined) {
    const arithmetic = arithmeticOf(curve);
    prepared = { arithmetic, base: arithmetic.multiplesOf(curve, BASE_WIDTH)! };
    curves.set(curve, prepared);
  }
  return prepared;
}

const keys = new WeakMap<GostKey, Multiples | null>();

/** Null when the key is not a point of the group. */
function multiplesOf(key: GostKey, curve: GostCurve): Multiples | null {
  let multiples = keys.get(key);
  if (multiples === undefined) {
    multiples = computeMultiples(key, curve);
    keys.set(key, multiples);
  }
  return multiples;
}

function computeMultiples({ point }: GostKey, curve: GostCurve): Multiples | null {
  if (point.length !== 2 * curve.octets) return null;
  const { arithmetic } = prepare(curve);
  const affine = { x: fromLittleEndian(point.subarray(0, curve.octets)), y: fromLittleEndian(point.subarray(curve.octets)) };
  if (!arithmetic.isOnCurve(affine)) return null;
  const multiples = arithmetic.multiplesOf(affine, KEY_WIDTH);
  // Where the curve has more points than the group of the base point, the key must be in that group.
  return multiples && (curve.cofactor === 1 || arithmetic.vanishes(curve.q, multiples)) ? multiples : null;
}

/**
 * Whether `value` signs `digest` (GOST R 34.10-2012 §6.2, RFC 7091 §6.2). Kazakh values are r ‖ s, lowest octet first; Russian ones
 * s ‖ r, highest octet first (RFC 9215 §2). The name of the key says which; a digest is read lowest octet first in both.
 */
export function verifyGost(key: GostKey, curve: GostCurve, digest: Uint8Array, value: Uint8Array): boolean {
  const { octets, q } = curve;
  if (value.length !== 2 * octets) return false;
  const multiples = multiplesOf(key, curve);
  if (multiples === null) return false;
  const ordered = isKazakh(key.name) ? value : value.toReversed();
  const r = fromLittleEndian(ordered.subarray(0, octets));
  const s = fromLittleEndian(ordered.subarray(octets));
  if (r === 0n || r >= q || s === 0n || s >= q) return false;
  const e = fromLittleEndian(digest) % q || 1n;
  const v = invert(e, q);
  const { arithmetic, base } = prepare(curve);
  return arithmetic.sumHasX((s * v) % q, base, ((q - r) * v) % q, multiples, r);
}

const isKazakh = (name: GostName): boolean => !name.startsWith('GOST3410-2012');

function fromLittleEndian(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets.toReversed()).toString('hex')}`);
}
