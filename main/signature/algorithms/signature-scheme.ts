import {
  attempt,
  DerFault,
  encodingOf,
  explicit,
  Members,
  onlyChild,
  readOid,
  readSmallInteger,
  sameBytes,
  TAG,
  type Tlv,
} from '../../asn1/index.ts';
import { DSA_KEY } from './dsa.ts';
import { gostHash, gostOfKey, gostOfSignature, type GostName } from './gost-key.ts';
import { hashName } from './hash.ts';
import type { PublicKey } from './public-key.ts';

/** How a signature value was computed, as its AlgorithmIdentifier says. Hashes are names as in hash.ts. */
export type SignatureScheme =
  | { readonly family: 'RSA'; readonly hash: string }
  | { readonly family: 'RSA-PSS'; readonly hash: string; readonly maskHash: string; readonly saltLength: number }
  | { readonly family: 'ECDSA'; readonly hash: string }
  | { readonly family: 'DSA'; readonly hash: string }
  | { readonly family: 'GOST'; readonly name: GostName }
  | { readonly family: 'unknown'; readonly oid: string };

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  '1.2.840.113549.1.1.4': { family: 'RSA', hash: 'MD5' },
  '1.2.840.113549.1.1.5': { family: 'RSA', hash: 'SHA-1' },
  '1.2.840.113549.1.1.11': { family: 'RSA', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { family: 'RSA', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { family: 'RSA', hash: 'SHA-512' },
  '1.2.840.113549.1.1.14': { family: 'RSA', hash: 'SHA-224' },
  '1.2.840.10045.4.1': { family: 'ECDSA', hash: 'SHA-1' },
  '1.2.840.10045.4.3.1': { family: 'ECDSA', hash: 'SHA-224' },
  '1.2.840.10045.4.3.2': { family: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { family: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { family: 'ECDSA', hash: 'SHA-512' },
  '1.2.840.10040.4.3': { family: 'DSA', hash: 'SHA-1' },
  '2.16.840.1.101.3.4.3.1': { family: 'DSA', hash: 'SHA-224' },
  '2.16.840.1.101.3.4.3.2': { family: 'DSA', hash: 'SHA-256' },
  '2.16.840.1.101.3.4.3.3': { family: 'DSA', hash: 'SHA-384' },
  '2.16.840.1.101.3.4.3.4': { family: 'DSA', hash: 'SHA-512' },
};
const RSA_KEY = '1.2.840.113549.1.1.1';
const EC_KEY = '1.2.840.10045.2.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';

/**
 * @param identifier AlgorithmIdentifier of a signature.
 * @param digest hash of the SignerInfo, for identifiers that name only the key (RFC 5754 §3.2); null where none is known.
 */
export function readSignatureScheme(identifier: Tlv, digest: string | null): SignatureScheme {
  const members = new Members(identifier);
  const oid = readOid(members.next());
  const known = Object.hasOwn(SCHEMES, oid) ? SCHEMES[oid] : undefined;
  if (known) return withoutParameters(members, known);
  const gost = gostOfSignature(oid) ?? (digest === null ? null : gostOfKey(oid));
  if (gost) return withoutParameters(members, { family: 'GOST', name: gost });
  if (oid === RSA_PSS) {
    const parameters = members.optional(TAG.sequence);
    return (parameters && attempt(() => readPss(parameters))) ?? { family: 'unknown', oid };
  }
  if (digest !== null && oid === RSA_KEY) return withoutParameters(members, { family: 'RSA', hash: digest });
  if (digest !== null && oid === EC_KEY) return withoutParameters(members, { family: 'ECDSA', hash: digest });
  if (digest !== null && oid === DSA_KEY) return withoutParameters(members, { family: 'DSA', hash: digest });
  return { family: 'unknown', oid };
}

/** The hash a signature is made over; null when its algorithm is not known. */
export function schemeHash(scheme: SignatureScheme): string | null {
  if (scheme.family === 'unknown') return null;
  return scheme.family === 'GOST' ? gostHash(scheme.name) : scheme.hash;
}

/** Everything but PSS has no parameters, or NULL. */
function withoutParameters(members: Members, scheme: SignatureScheme): SignatureScheme {
  const nothing = members.optional(TAG.null);
  if (nothing && nothing.end > nothing.body) throw new DerFault('parameters');
  members.done();
  return scheme;
}

/** RSASSA-PSS-params (RFC 4055 §3.1), defaults SHA-1, MGF1 with SHA-1, salt 20. Only trailer field 1 exists. */
function readPss(parameters: Tlv): SignatureScheme {
  const members = new Members(parameters);
  const hash = members.optional(explicit(0));
  const mask = members.optional(explicit(1));
  const salt = members.optional(explicit(2));
  const trailer = members.optional(explicit(3));
  members.done();
  const hashOf = (wrapper: Tlv): string => hashName(readOid(new Members(onlyChild(wrapper)).next()));
  const maskHashOf = (wrapper: Tlv): string => {
    const generator = new Members(onlyChild(wrapper));
    return readOid(generator.next()) === MGF1 ? hashName(readOid(new Members(generator.next()).next())) : 'unknown';
  };
  if (trailer && readSmallInteger(onlyChild(trailer, TAG.integer)) !== 1) return { family: 'unknown', oid: RSA_PSS };
  return {
    family: 'RSA-PSS',
    hash: hash ? hashOf(hash) : 'SHA-1',
    maskHash: mask ? maskHashOf(mask) : 'SHA-1',
    saltLength: salt ? readSmallInteger(onlyChild(salt, TAG.integer)) : 20,
  };
}

/** The same AlgorithmIdentifier twice; absent parameters and NULL are one thing (a National CA writes both in one CRL). */
export function sameAlgorithm(a: Tlv, b: Tlv): boolean {
  const read = (identifier: Tlv) => {
    const members = new Members(identifier);
    const oid = readOid(members.next());
    members.optional(TAG.null);
    const parameters = members.optional(TAG.sequence, TAG.oid);
    members.done();
    return { oid, parameters: parameters ? encodingOf(parameters) : new Uint8Array() };
  };
  const [first, second] = [read(a), read(b)];
  return first.oid === second.oid && sameBytes(first.parameters, second.parameters);
}

/** The name a report shows, e.g. `RSA-SHA256`, `RSA-PSS-SHA256`, `ECDSA-P256-SHA256`, `GOST3410-2015-512`. */
export function algorithmName(scheme: SignatureScheme, key: PublicKey | null): string {
  if (scheme.family === 'unknown') return scheme.oid;
  if (scheme.family === 'GOST') return scheme.name;
  const hash = scheme.hash.replace('-', '');
  if (scheme.family !== 'ECDSA') return `${scheme.family}-${hash}`;
  return key?.kind === 'ec' ? `ECDSA-${key.curve.replace('-', '')}-${hash}` : `ECDSA-${hash}`;
}
