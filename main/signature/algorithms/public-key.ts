import { contentOf, Members, readBitOctets, readInteger, readOid, readWhole, TAG, type Tlv } from '../../asn1/index.ts';

/** What a SubjectPublicKeyInfo says about its key; `der` is the whole structure. */
export type PublicKey = { readonly der: Uint8Array } & (
  | { readonly kind: 'rsa'; readonly bits: number; readonly exponent: bigint; /** The bare RSAPublicKey. */ readonly key: Uint8Array }
  | { readonly kind: 'ec'; /** `P-256`, `P-384`, `P-521`, otherwise the curve's identifier or `explicit`. */ readonly curve: string }
  | { readonly kind: 'gost'; readonly name: 'GOST3410-2015-512' | 'GOST3410-2015-256' | 'GOST34310-2004' | 'GOST3410-2012' }
  | { readonly kind: 'unknown'; readonly oid: string }
);

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const EC = '1.2.840.10045.2.1';
const CURVES: Readonly<Record<string, string>> = { '1.2.840.10045.3.1.7': 'P-256', '1.3.132.0.34': 'P-384', '1.3.132.0.35': 'P-521' };
const GOST = {
  '1.2.398.3.10.1.1.2.2': 'GOST3410-2015-512',
  '1.2.398.3.10.1.1.2.1': 'GOST3410-2015-256',
  '1.2.398.3.10.1.1.1.1': 'GOST34310-2004',
  '1.2.643.7.1.1.1.1': 'GOST3410-2012',
  '1.2.643.7.1.1.1.2': 'GOST3410-2012',
} as const satisfies Record<string, string>;

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1, RFC 3279, RFC 5480). */
export function readPublicKey(spki: Tlv): PublicKey {
  const der = spki.bytes.subarray(spki.start, spki.end);
  const members = new Members(spki);
  const algorithm = new Members(members.next());
  const oid = readOid(algorithm.next());
  const bits = members.next(TAG.bitString);
  members.done();
  if (oid === RSA || oid === RSA_PSS) {
    const key = readBitOctets(bits);
    const parts = new Members(readWhole(key));
    const modulus = parts.next(TAG.integer);
    const exponent = readInteger(parts.next());
    return { der, kind: 'rsa', bits: bitLength(contentOf(modulus)), exponent, key };
  }
  if (oid === EC) {
    const curve = algorithm.optional(TAG.oid);
    const curveOid = curve && readOid(curve);
    return { der, kind: 'ec', curve: curveOid === null ? 'explicit' : (CURVES[curveOid] ?? curveOid) };
  }
  if (Object.hasOwn(GOST, oid)) return { der, kind: 'gost', name: GOST[oid as keyof typeof GOST] };
  return { der, kind: 'unknown', oid };
}

function bitLength(octets: Uint8Array): number {
  let first = 0;
  while (first < octets.length && octets[first] === 0) first++;
  return first === octets.length ? 0 : (octets.length - first) * 8 - Math.clz32(octets[first] ?? 0) + 24;
}
