import { attempt, contentOf, Members, readBitOctets, readOid, readWhole, TAG, type Tlv } from '../../asn1/index.ts';
import { GOST_CURVES, type GostCurve } from './gost-curves.ts';
import type { Digest } from './hash.ts';

/** Kinds of GOST keys and of the signatures made with them: the object identifier alone tells them apart. */
export type GostName = 'GOST3410-2015-512' | 'GOST3410-2015-256' | 'GOST34310-2004' | 'GOST3410-2012-512' | 'GOST3410-2012-256';

export type GostKey = {
  readonly kind: 'gost';
  readonly name: GostName;
  /** Null: parameters that are not known here. */
  readonly curve: GostCurve | null;
  /** x and y, lowest octet first; anything else is no point and verifies nothing. */
  readonly point: Uint8Array;
};

type GostKind = {
  readonly name: GostName;
  readonly key: string;
  readonly signature: string;
  readonly hash: Digest;
  /** Curves by the identifiers of parameter sets. */
  readonly curves: Readonly<Record<string, GostCurve>>;
  /** The second parameter of a key, where it has one. */
  readonly hashParameters: string;
};

const CRYPTO_PRO = {
  '1.2.643.2.2.35.1': GOST_CURVES['CryptoPro-A'],
  '1.2.643.2.2.35.2': GOST_CURVES['CryptoPro-B'],
  '1.2.643.2.2.35.3': GOST_CURVES['CryptoPro-C'],
  '1.2.643.2.2.36.0': GOST_CURVES['CryptoPro-A'],
  '1.2.643.2.2.36.1': GOST_CURVES['CryptoPro-C'],
};

/** Kazakh identifiers as the National CA writes them; the Russian ones of RFC 9215. */
const KINDS: readonly GostKind[] = [
  {
    name: 'GOST3410-2015-512',
    key: '1.2.398.3.10.1.1.2.2',
    signature: '1.2.398.3.10.1.1.2.3.2',
    hash: 'STREEBOG-512',
    curves: { '1.2.398.3.10.1.1.2.2.1': GOST_CURVES['tc26-512-A'] },
    hashParameters: '1.2.398.3.10.1.3.3',
  },
  {
    name: 'GOST3410-2015-256',
    key: '1.2.398.3.10.1.1.2.1',
    signature: '1.2.398.3.10.1.1.2.3.1',
    hash: 'STREEBOG-256',
    curves: { '1.2.398.3.10.1.1.2.1.1': GOST_CURVES['tc26-256-A'] },
    hashParameters: '1.2.398.3.10.1.3.2',
  },
  {
    name: 'GOST34310-2004',
    key: '1.2.398.3.10.1.1.1.1',
    signature: '1.2.398.3.10.1.1.1.2',
    hash: 'GOST34311',
    curves: { '1.2.398.3.10.1.1.1.1.1': GOST_CURVES['CryptoPro-A'] },
    hashParameters: '1.2.398.3.10.1.3.1.1.0',
  },
  {
    name: 'GOST3410-2012-512',
    key: '1.2.643.7.1.1.1.2',
    signature: '1.2.643.7.1.1.3.3',
    hash: 'STREEBOG-512',
    curves: {
      '1.2.643.7.1.2.1.2.1': GOST_CURVES['tc26-512-A'],
      '1.2.643.7.1.2.1.2.2': GOST_CURVES['tc26-512-B'],
      '1.2.643.7.1.2.1.2.3': GOST_CURVES['tc26-512-C'],
    },
    hashParameters: '1.2.643.7.1.1.2.3',
  },
  {
    name: 'GOST3410-2012-256',
    key: '1.2.643.7.1.1.1.1',
    signature: '1.2.643.7.1.1.3.2',
    hash: 'STREEBOG-256',
    curves: {
      ...CRYPTO_PRO,
      '1.2.643.7.1.2.1.1.1': GOST_CURVES['tc26-256-A'],
      '1.2.643.7.1.2.1.1.2': GOST_CURVES['CryptoPro-A'],
      '1.2.643.7.1.2.1.1.3': GOST_CURVES['CryptoPro-B'],
      '1.2.643.7.1.2.1.1.4': GOST_CURVES['CryptoPro-C'],
    },
    hashParameters: '1.2.643.7.1.1.2.2',
  },
];

export const gostOfKey = (oid: string): GostName | null => KINDS.find(({ key }) => key === oid)?.name ?? null;
/** The curve of a kind of key by the identifier of its parameters; null for a set that is not known here. */
export const gostCurve = (name: GostName, parameters: string): GostCurve | null =>
  KINDS.find((kind) => kind.name === name)?.curves[parameters] ?? null;
export const gostOfSignature = (oid: string): GostName | null => KINDS.find(({ signature }) => signature === oid)?.name ?? null;

const HASHES: Readonly<Record<GostName, Digest>> = Object.fromEntries(KINDS.map(({ name, hash }) => [name, hash])) as Record<
  GostName,
  Digest
>;
/** Each kind of signature goes with one hash. */
export const gostHash = (name: GostName): Digest => HASHES[name];

/**
 * The key of a SubjectPublicKeyInfo (RFC 9215 §4; the Kazakh ones look the same).
 * @param parameters what follows the identifier `oid` in the AlgorithmIdentifier.
 */
export function readGostKey(name: GostName, parameters: Tlv | null, bits: Tlv): GostKey {
  const kind = KINDS.find((candidate) => candidate.name === name);
  const sets = parameters && attempt(() => readParameters(parameters));
  const fits = sets !== null && kind !== undefined && (sets.hash === null || sets.hash === kind.hashParameters);
  const curve = fits && Object.hasOwn(kind.curves, sets.curve) ? (kind.curves[sets.curve] ?? null) : null;
  const point = attempt(() => contentOf(readWhole(readBitOctets(bits), TAG.octetString)));
  return { kind: 'gost', name, curve, point: point ?? new Uint8Array() };
}

function readParameters(parameters: Tlv): { curve: string; hash: string | null } {
  const members = new Members(parameters);
  const curve = readOid(members.next());
  const hash = members.optional(TAG.oid);
  members.done();
  return { curve, hash: hash && readOid(hash) };
}
