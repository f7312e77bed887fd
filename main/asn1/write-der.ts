/**
 * DER writer (X.690): every function answers one complete encoded element, so elements nest by being passed on.
 * A value that cannot be written (a letter outside PrintableString, a broken OID) is a bug of the caller and throws.
 */
const encoder = new TextEncoder();

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

/** An element from its identifier octet and its content octets. */
export function raw(identifier: number, ...content: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = concat(content);
  return concat([Uint8Array.from([identifier, ...lengthOctets(body.length)]), body]);
}

export const sequence = (...items: readonly Uint8Array[]) => raw(0x30, ...items);

/** SET OF: elements in ascending order of their encodings (X.690 §11.6). */
export const set = (...items: readonly Uint8Array[]) => raw(0x31, ...[...items].sort((a, b) => compare(a, b)));

/** Octet by octet; a beginning of another encoding comes before it. */
function compare(a: Uint8Array, b: Uint8Array): number {
  const differing = a.findIndex((octet, i) => octet !== b[i]);
  if (differing === -1) return a.length - b.length;
  return (a[differing] ?? 0) - (b[differing] ?? -1);
}

/** A number, or the unsigned big-endian bytes of one (a serial number, for example). */
export function integer(value: number | bigint | Uint8Array): Uint8Array<ArrayBuffer> {
  if (value instanceof Uint8Array) {
    const start = value.findIndex((byte) => byte !== 0);
    const magnitude = start === -1 ? Uint8Array.of(0) : value.subarray(start);
    const looksNegative = (magnitude[0] ?? 0) >= 0x80;
    return raw(0x02, looksNegative ? concat([Uint8Array.of(0), magnitude]) : magnitude);
  }
  const octets: number[] = [];
  let rest = BigInt(value);
  let signIsShown: boolean;
  do {
    const octet = Number(BigInt.asUintN(8, rest));
    octets.unshift(octet);
    rest >>= 8n;
    signIsShown = octet < 0x80 ? rest === 0n : rest === -1n;
  } while (!signIsShown);
  return raw(0x02, Uint8Array.from(octets));
}

export function oid(dotted: string): Uint8Array<ArrayBuffer> {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) throw new Error(`not an object identifier: ${dotted}`);
  const [first, second, ...others] = dotted.split('.').map(BigInt) as [bigint, bigint, ...bigint[]];
  if (first < 2n && second > 39n) throw new Error(`not an object identifier: ${dotted}`);
  const octets = [first * 40n + second, ...others].flatMap((arc) => {
    const groups = [Number(arc & 0x7fn)];
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) groups.unshift(Number(rest & 0x7fn) | 0x80);
    return groups;
  });
  return raw(0x06, Uint8Array.from(octets));
}

export const octetString = (bytes: Uint8Array) => raw(0x04, bytes);

/** `unusedBits` (0–7) are the low bits of the last byte that do not belong to the string. */
export const bitString = (bytes: Uint8Array, unusedBits = 0) => raw(0x03, Uint8Array.of(unusedBits), bytes);

/** A list of named bits such as KeyUsage: bit 0 is the highest; trailing zero bits are left out (X.690 §11.2.2). */
export function namedBits(bits: readonly number[]): Uint8Array<ArrayBuffer> {
  const highest = Math.max(-1, ...bits);
  const bytes = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitString(bytes, highest < 0 ? 0 : 7 - (highest & 7));
}

export const utf8String = (text: string) => raw(0x0c, encoder.encode(text));

export function printableString(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new Error('text outside PrintableString');
  return raw(0x13, encoder.encode(text));
}

export function ia5String(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(text);
  if (bytes.some((byte) => byte > 0x7f)) throw new Error('text outside IA5String');
  return raw(0x16, bytes);
}

/** An instant in whole seconds: UTCTime for 1950–2049, else GeneralizedTime (RFC 5280 §4.1.2.5). */
export function time(instant: string): Uint8Array<ArrayBuffer> {
  const parsed = new Date(instant);
  if (Number.isNaN(parsed.getTime())) throw new Error('not an instant');
  const year = parsed.getUTCFullYear();
  return year >= 1950 && year <= 2049 ? raw(0x17, encoder.encode(digitsOf(parsed).slice(2))) : generalizedTime(instant);
}

export const generalizedTime = (instant: string) => raw(0x18, encoder.encode(digitsOf(new Date(instant))));

const digitsOf = (instant: Date) => `${instant.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;

export const boolean = (value: boolean) => raw(0x01, Uint8Array.of(value ? 0xff : 0));
export const enumerated = (value: number) => raw(0x0a, Uint8Array.of(value));
export const nullValue = () => raw(0x05);

/** `[n] EXPLICIT`: the element wrapped. */
export const explicit = (tag: number, ...items: readonly Uint8Array[]) => raw(0xa0 | tag, ...items);

/** `[n] IMPLICIT`: the element with its identifier replaced; stays constructed or primitive as it was. */
export function implicit(tag: number, element: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = Uint8Array.from(element);
  out[0] = 0x80 | ((element[0] ?? 0) & 0x20) | tag;
  return out;
}
