import { randomBytes } from 'node:crypto';
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

/** The secret half of a Kazakh key. */
export type GostSecret = { readonly curve: GostCurve; readonly d: bigint };

/** Random numbers below q, not zero, without a bias that matters: 64 bits more than q has are reduced. */
function randomScalar({ octets, q }: GostCurve): bigint {
  return (BigInt(`0x${randomBytes(octets + 8).toString('hex')}`) % (q - 1n)) + 1n;
}

/** k·P for a secret k, by two parts that are new each time: the time that the computing takes tells of neither. */
function secretMultiple(curve: GostCurve, k: bigint): { readonly x: bigint; readonly y: bigint } | null {
  const { arithmetic, base } = prepare(curve);
  const part = randomScalar(curve);
  return arithmetic.sum(part, base, (k - part + curve.q) % curve.q, base);
}

/** A Kazakh value over a digest, r ‖ s, lowest octet first (GOST R 34.10-2012 §6.1). Takes about 5 ms for 512 bits. */
export function signGost({ curve, d }: GostSecret, digest: Uint8Array): Uint8Array {
  const { octets, q } = curve;
  const e = fromLittleEndian(digest) % q || 1n;
  for (;;) {
    const k = randomScalar(curve);
    const r = (secretMultiple(curve, k)?.x ?? 0n) % q;
    const s = (r * d + k * e) % q;
    if (r !== 0n && s !== 0n) return Buffer.concat([toLittleEndian(r, octets), toLittleEndian(s, octets)]);
  }
}

/** The public half: x and y, lowest octet first, as a certificate has them. */
export function gostPoint({ curve, d }: GostSecret): Uint8Array {
  const point = secretMultiple(curve, d);
  return point === null ? new Uint8Array() : Buffer.concat([toLittleEndian(point.x, curve.octets), toLittleEndian(point.y, curve.octets)]);
}

const isKazakh = (name: GostName): boolean => !name.startsWith('GOST3410-2012');

const toLittleEndian = (value: bigint, octets: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * octets, '0'), 'hex').reverse();

export function fromLittleEndian(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets.toReversed()).toString('hex')}`);
}
