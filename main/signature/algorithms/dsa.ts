import { attempt, der, Members, readInteger, readWhole, type Tlv } from '../../asn1/index.ts';

export type DsaParameters = { readonly p: bigint; readonly q: bigint; readonly g: bigint };
export type DsaKey = {
  readonly kind: 'dsa';
  /** Null when the certificate of the issuer has them (RFC 3279 §2.3.2). */
  readonly parameters: DsaParameters | null;
  readonly y: bigint;
  /** Of p; 0 without parameters. */
  readonly bits: number;
};

export const DSA_KEY = '1.2.840.10040.4.1';
/** Sizes of p and q beyond which verifying costs more than it proves. */
const P_BITS = { min: 512, max: 3072 };
const Q_BITS = { min: 160, max: 256 };

const bitsOf = (x: bigint): number => (x <= 0n ? 0 : x.toString(2).length);

export function readDsaKey(parameters: Tlv | null, key: Uint8Array): DsaKey {
  const read = parameters && readParameters(parameters);
  return { kind: 'dsa', parameters: read, y: readInteger(readWhole(key)), bits: read ? bitsOf(read.p) : 0 };
}

function readParameters(parameters: Tlv): DsaParameters {
  const members = new Members(parameters);
  const [p, q, g] = [readInteger(members.next()), readInteger(members.next()), readInteger(members.next())];
  members.done();
  return { p, q, g };
}

/** The whole SubjectPublicKeyInfo of a key with parameters from elsewhere. */
export function encodeDsaKey(y: bigint, { p, q, g }: DsaParameters): Uint8Array {
  const algorithm = der.sequence(der.oid(DSA_KEY), der.sequence(der.integer(p), der.integer(q), der.integer(g)));
  return der.sequence(algorithm, der.bitString(der.integer(y)));
}

export const canVerifyDsa = ({ p, q }: DsaParameters): boolean =>
  bitsOf(p) >= P_BITS.min && bitsOf(p) <= P_BITS.max && bitsOf(q) >= Q_BITS.min && bitsOf(q) <= Q_BITS.max && p % 2n === 1n;

/** Whether `value` (DER of r and s) signs `digest` (FIPS 186-4 §4.7); BigInt, as not every runtime's crypto has DSA. */
export function verifyDsa(y: bigint, { p, q, g }: DsaParameters, digest: Uint8Array, value: Uint8Array): boolean {
  const signature = attempt(() => {
    const members = new Members(readWhole(value));
    const [r, s] = [readInteger(members.next()), readInteger(members.next())];
    members.done();
    return { r, s };
  });
  if (signature === null) return false;
  const { r, s } = signature;
  if (r <= 0n || r >= q || s <= 0n || s >= q || y <= 1n || y >= p || g <= 1n || g >= p) return false;
  const excess = digest.length * 8 - bitsOf(q);
  const z = BigInt(`0x${Buffer.from(digest).toString('hex')}`) >> BigInt(Math.max(0, excess));
  const w = power(s, q - 2n, q);
  return product(g, (z * w) % q, y, (r * w) % q, p) % q === r;
}

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => product(base, exponent, 1n, 0n, modulus);

/** a^k · b^l with one chain of squarings. */
function product(a: bigint, k: bigint, b: bigint, l: bigint, modulus: bigint): bigint {
  const factors = [1n, a, b, (a * b) % modulus];
  const length = Math.max(bitsOf(k), bitsOf(l));
  const [first, second] = [k, l].map((exponent) => exponent.toString(2).padStart(length, '0')) as [string, string];
  let result = 1n;
  for (let i = 0; i < length; i++) {
    result = (result * result) % modulus;
    const choice = Number(first[i]) + 2 * Number(second[i]);
    if (choice > 0) result = (result * factors[choice]!) % modulus;
  }
  return result;
}
