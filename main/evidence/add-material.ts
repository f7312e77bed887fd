import type { TrustMaterial } from '../signature/index.ts';

/** Joined materials remembered for one that was handed in. */
const MAX_REMEMBERED = 4;

/**
 * Adds what was found to the trust material. The same pieces give the same object again: what was computed over it, or handed to another
 * thread, serves every filing that needs the same lists.
 */
export function addMaterial(trust: TrustMaterial, more: Omit<TrustMaterial, 'anchors'>): TrustMaterial {
  const key = [more.certs, more.crls, more.ocsp].map((pieces) => pieces.map(numberOf).join(',')).join('|');
  const known = joined.get(trust) ?? new Map<string, TrustMaterial>();
  joined.set(trust, known);
  const whole = known.get(key) ?? {
    anchors: trust.anchors,
    certs: [...trust.certs, ...more.certs],
    crls: [...trust.crls, ...more.crls],
    ocsp: [...trust.ocsp, ...more.ocsp],
  };
  known.delete(key);
  known.set(key, whole);
  for (const old of [...known.keys()].slice(0, -MAX_REMEMBERED)) known.delete(old);
  return whole;
}
const joined = new WeakMap<TrustMaterial, Map<string, TrustMaterial>>();

/** A number for each buffer. */
function numberOf(bytes: Uint8Array): number {
  const number = numbers.get(bytes) ?? ++last;
  numbers.set(bytes, number);
  return number;
}
const numbers = new WeakMap<Uint8Array, number>();
let last = 0;
