import { contentOf, Members, readBitOctets, readInteger, readOid, readWhole, TAG, type Tlv } from '../../asn1/index.ts';
import { DSA_KEY, encodeDsaKey, readDsaKey, type DsaKey } from './dsa.ts';
import { gostOfKey, readGostKey, type GostKey } from './gost-key.ts';

/** What a SubjectPublicKeyInfo says about its key; `der` is the whole structure. */
export type PublicKey = { readonly der: Uint8Array } & (
  | {
      readonly kind: 'rsa';
      readonly bits: number;
      readonly exponent: bigint;
      /** The bare RSAPublicKey. */
      readonly key: Uint8Array;
      /** Its owner uses it for PSS and nothing else (RFC 4055 §1.2). */
      readonly pssOnly: boolean;
    }
  | { readonly kind: 'ec'; /** `P-256`, `P-384`, `P-521`, otherwise the curve's identifier or `explicit`. */ readonly curve: string }
  | GostKey
  | DsaKey
  | { readonly kind: 'unknown'; readonly oid: string }
);

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const EC = '1.2.840.10045.2.1';
const CURVES: Readonly<Record<string, string>> = { '1.2.840.10045.3.1.7': 'P-256', '1.3.132.0.34': 'P-384', '1.3.132.0.35': 'P-521' };

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1, RFC 3279, RFC 5480, RFC 9215). */
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
    return { der, kind: 'rsa', bits: bitLength(contentOf(modulus)), exponent, key, pssOnly: oid === RSA_PSS };
  }
  if (oid === EC) {
    const curve = algorithm.optional(TAG.oid);
    const curveOid = curve && readOid(curve);
    return { der, kind: 'ec', curve: curveOid === null ? 'explicit' : (CURVES[curveOid] ?? curveOid) };
  }
  if (oid === DSA_KEY) return { der, ...readDsaKey(algorithm.optional(TAG.sequence), readBitOctets(bits)) };
  const gost = gostOfKey(oid);
  if (gost) return { der, ...readGostKey(gost, algorithm.optional(TAG.sequence), bits) };
  return { der, kind: 'unknown', oid };
}

/** A DSA key without parameters takes those of the key that certified it (RFC 5280 §6.1.4 (d)–(f)); any other key stays as it is. */
export function inheritParameters(key: PublicKey, issuer: PublicKey): PublicKey {
  if (key.kind !== 'dsa' || key.parameters !== null || issuer.kind !== 'dsa' || issuer.parameters === null) return key;
  return { ...key, parameters: issuer.parameters, bits: issuer.bits, der: encodeDsaKey(key.y, issuer.parameters) };
}

function bitLength(octets: Uint8Array): number {
  let first = 0;
  while (first < octets.length && octets[first] === 0) first++;
  return first === octets.length ? 0 : (octets.length - first) * 8 - Math.clz32(octets[first] ?? 0) + 24;
}
