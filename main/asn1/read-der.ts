/**
 * Reading of DER (X.690): every element is a window over the bytes it came from, nothing is copied.
 * The readers throw `DerFault` on anything that is not what they were asked for; `attempt` turns that into null at the edge of a
 * structure. Input from outside goes through `admitEncoding` first, which bounds depth, counts and lengths.
 */
export class DerFault extends Error {}

export type Tlv = {
  readonly bytes: Uint8Array;
  /** First identifier octet; a tag number of 31 and above keeps 0x1f in its low bits and matches nothing asked for here. */
  readonly tag: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
};

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context-specific tags, primitive `[n]` and constructed `[n] { … }`. */
export const implicit = (n: number): number => 0x80 | n;
export const explicit = (n: number): number => 0xa0 | n;

/** Longest object identifier that is read, in content octets. */
export const MAX_OID_OCTETS = 64;

export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerFault) return null;
    throw error;
  }
}

/** The element at `at`; its length must be definite and end inside `limit`. */
export function readTlv(bytes: Uint8Array, at: number, limit: number): Tlv {
  let next = at;
  const octet = (): number => {
    if (next >= limit) throw new DerFault('truncated');
    return bytes[next++] ?? 0;
  };
  const tag = octet();
  if ((tag & 0x1f) === 0x1f) while (octet() & 0x80);
  let length = octet();
  if (length > 0x7f) {
    const octets = length & 0x7f;
    if (octets === 0 || octets > 4) throw new DerFault('length form');
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + octet();
  }
  if (length > limit - next) throw new DerFault('length past its parent');
  return { bytes, tag, start: at, body: next, end: next + length };
}

/** The only element of a buffer: nothing may follow it. */
export function readWhole(bytes: Uint8Array, tag?: number): Tlv {
  const tlv = readTlv(bytes, 0, bytes.length);
  if (tlv.end !== bytes.length) throw new DerFault('trailing bytes');
  return tag === undefined ? tlv : expect(tlv, tag);
}

export function expect(tlv: Tlv | undefined, tag: number): Tlv {
  if (tlv === undefined || tlv.tag !== tag) throw new DerFault(`expected tag ${tag}`);
  return tlv;
}

export const isConstructed = (tlv: Tlv): boolean => (tlv.tag & 0x20) !== 0;
export const contentOf = (tlv: Tlv): Uint8Array => tlv.bytes.subarray(tlv.body, tlv.end);
export const encodingOf = (tlv: Tlv): Uint8Array => tlv.bytes.subarray(tlv.start, tlv.end);

/** What is longer, as the entries of a revocation list, is walked over its bytes. */
const MAX_CHILDREN = 65_536;

export function childrenOf(tlv: Tlv, tag?: number): Tlv[] {
  if (tag !== undefined) expect(tlv, tag);
  if (!isConstructed(tlv)) throw new DerFault('not constructed');
  const children: Tlv[] = [];
  for (let at = tlv.body; at < tlv.end;) {
    const child = readTlv(tlv.bytes, at, tlv.end);
    if (children.length === MAX_CHILDREN) throw new DerFault('too many elements');
    children.push(child);
    at = child.end;
  }
  return children;
}

/** The single element inside an explicit tag. */
export function onlyChild(tlv: Tlv, tag?: number): Tlv {
  const children = childrenOf(tlv);
  const only = children[0];
  if (only === undefined || children.length !== 1) throw new DerFault('one element expected');
  return tag === undefined ? only : expect(only, tag);
}

/** Reads the members of a SEQUENCE or SET one after another. */
export class Members {
  private readonly list: readonly Tlv[];
  private at = 0;

  constructor(tlv: Tlv, tag: number = TAG.sequence) {
    this.list = childrenOf(tlv, tag);
  }

  next(tag?: number): Tlv {
    const tlv = this.list[this.at++];
    if (tlv === undefined) throw new DerFault('member missing');
    return tag === undefined ? tlv : expect(tlv, tag);
  }

  optional(...tags: readonly number[]): Tlv | null {
    const tlv = this.list[this.at];
    if (tlv === undefined || !tags.includes(tlv.tag)) return null;
    this.at++;
    return tlv;
  }

  /** Nothing may be left over. */
  done(): void {
    if (this.at < this.list.length) throw new DerFault('unexpected member');
  }
}

export function readOid(tlv: Tlv): string {
  expect(tlv, TAG.oid);
  const octets = contentOf(tlv);
  if (octets.length > MAX_OID_OCTETS || (octets.at(-1) ?? 0x80) & 0x80) throw new DerFault('object identifier');
  let text = '';
  let arc: number | bigint = 0;
  for (const octet of octets) {
    // Nearly every arc is small; a larger one is carried on as a big integer.
    arc = typeof arc === 'number' && arc < 2 ** 45 ? arc * 128 + (octet & 0x7f) : (BigInt(arc) << 7n) | BigInt(octet & 0x7f);
    if (octet & 0x80) continue;
    text += text === '' ? firstArcs(arc) : `.${arc}`;
    arc = 0;
  }
  return text;
}

/** The first two arcs share one number (X.690 §8.19.4). */
function firstArcs(arc: number | bigint): string {
  return arc < 80 ? `${arc < 40 ? 0 : 1}.${Number(arc) % 40}` : `2.${typeof arc === 'number' ? arc - 80 : arc - 80n}`;
}

export function readBoolean(tlv: Tlv): boolean {
  expect(tlv, TAG.boolean);
  if (tlv.end - tlv.body !== 1) throw new DerFault('boolean');
  return tlv.bytes[tlv.body] !== 0;
}

/** A non-negative INTEGER (or ENUMERATED, or an implicitly tagged one) below 2^31. */
export function readSmallInteger(tlv: Tlv): number {
  const octets = contentOf(tlv);
  if (octets.length > 4 || (octets[0] ?? 0x80) & 0x80) throw new DerFault('small integer');
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

export function readInteger(tlv: Tlv): bigint {
  expect(tlv, TAG.integer);
  const octets = contentOf(tlv);
  if (octets.length === 0) throw new DerFault('integer');
  const value = BigInt(`0x${toHex(octets)}`);
  return (octets[0] ?? 0) & 0x80 ? value - (1n << BigInt(octets.length * 8)) : value;
}

/** A BIT STRING of whole octets, as keys and signatures are. */
export function readBitOctets(tlv: Tlv): Uint8Array {
  expect(tlv, TAG.bitString);
  if (tlv.end - tlv.body < 1 || tlv.bytes[tlv.body] !== 0) throw new DerFault('bit string');
  return tlv.bytes.subarray(tlv.body + 1, tlv.end);
}

/** The numbers of the set bits of a named BIT STRING. */
export function readNamedBits(tlv: Tlv): ReadonlySet<number> {
  const octets = contentOf(tlv);
  if ((octets[0] ?? 8) > 7) throw new DerFault('bit string');
  const bits = new Set<number>();
  for (let i = 1; i < octets.length; i++)
    for (let bit = 0; bit < 8; bit++) if ((octets[i] ?? 0) & (0x80 >> bit)) bits.add((i - 1) * 8 + bit);
  return bits;
}

/** UTCTime or GeneralizedTime in UTC as milliseconds since 1970 (RFC 5280 §4.1.2.5: no offsets, UTC years 1950–2049). */
export function readTime(tlv: Tlv): number {
  const text = String.fromCharCode(...contentOf(tlv).subarray(0, 32));
  const utc = tlv.tag === TAG.utcTime;
  if (!utc) expect(tlv, TAG.generalizedTime);
  const m = (utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/).exec(text);
  if (!m) throw new DerFault('time');
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number) as [number, number, number, number, number, number];
  const fullYear = !utc ? year : year < 50 ? 2000 + year : 1900 + year;
  const ms = Date.UTC(fullYear, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  date.setUTCFullYear(fullYear);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) throw new DerFault('time');
  return date.getTime();
}

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

export function toHex(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += HEX[octet] ?? '';
  return text;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
