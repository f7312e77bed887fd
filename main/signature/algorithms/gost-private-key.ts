import { attempt, childrenOf, contentOf, der, expect, Members, readInteger, readOid, readWhole, TAG } from '../../asn1/index.ts';
import { gostCurve, gostHash, gostOfKey } from './gost-key.ts';
import { fromLittleEndian, gostPoint, signGost, type GostSecret } from './gost-signature.ts';
import { digestOf } from './hash.ts';

/** Kinds of Kazakh keys that sign here: those that the National CA issues, and the older ones of its test files. */
export type KazakhGost = 'GOST3410-2015-512' | 'GOST34310-2004';

export type GostPrivateKey = {
  readonly algorithm: KazakhGost;
  /** Hashes and signs. */
  sign(tbs: Uint8Array): Uint8Array;
  /** Its public half as the BIT STRING of a SubjectPublicKeyInfo holds it. */
  readonly subjectPublicKey: Uint8Array;
};

const isKazakhGost = (name: string | null): name is KazakhGost => name === 'GOST3410-2015-512' || name === 'GOST34310-2004';

/** A key of a PKCS#8 file (RFC 5958) as the National CA's key files have it; null for every other kind. */
export function readGostPrivateKey(pkcs8: Uint8Array): GostPrivateKey | null {
  const read = attempt(() => readSecret(pkcs8));
  if (!read) return null;
  const { algorithm, secret } = read;
  const hash = gostHash(algorithm);
  return {
    algorithm,
    sign: (tbs) => signGost(secret, digestOf(hash, tbs)!),
    subjectPublicKey: der.octetString(gostPoint(secret)),
  };
}

function readSecret(pkcs8: Uint8Array): { algorithm: KazakhGost; secret: GostSecret } | null {
  const info = new Members(readWhole(pkcs8, TAG.sequence));
  info.next(TAG.integer);
  const [oid, parameters] = childrenOf(info.next(TAG.sequence), TAG.sequence);
  const algorithm = gostOfKey(readOid(oid!));
  const set = parameters && childrenOf(parameters, TAG.sequence)[0];
  if (!isKazakhGost(algorithm) || !set) return null;
  const curve = gostCurve(algorithm, readOid(set));
  // the newer files have octets, lowest first, the older ones a number
  const value = readWhole(contentOf(info.next(TAG.octetString)));
  const d = value.tag === TAG.integer ? readInteger(value) : fromLittleEndian(contentOf(expect(value, TAG.octetString)));
  return !curve || d <= 0n || d >= curve.q ? null : { algorithm, secret: { curve, d } };
}
