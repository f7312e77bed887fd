import type { ComputingBudget } from '../computing-budget.ts';

/** One PDF value with its place in the bytes; names and strings are decoded, keys of a dictionary may repeat. */
export type PdfValue = { readonly start: number; readonly end: number } & (
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly octets: Uint8Array; readonly hex: boolean }
  | { readonly type: 'array'; readonly items: readonly PdfValue[] }
  | { readonly type: 'dictionary'; readonly entries: readonly PdfDictionaryEntry[] }
  | { readonly type: 'reference'; readonly object: number; readonly generation: number }
  | { readonly type: 'keyword'; readonly word: string }
);
export type PdfDictionaryEntry = { readonly key: string; readonly value: PdfValue };
export type PdfDictionary = Extract<PdfValue, { type: 'dictionary' }>;

/** Nesting and number of values read from one object; beyond them the object counts as malformed. */
const MAX_DEPTH = 48;
const MAX_VALUES = 500_000;

/** Thrown inside this file only. */
class PdfFault extends Error {}

/** Longest literal string that is read: only hexadecimal ones hold whole messages. */
const MAX_LITERAL = 4 * 1024 * 1024;
/** Microseconds an octet costs, in the measure of computing-cost.ts. */
const READING = 0.03;

/**
 * Reads the value at or after `at` (blanks and comments are skipped); null when there is none or it is malformed (ISO 32000-1 §7.2–7.3).
 * What was read is paid for, as many tables may point into one value. Throws BudgetExceeded.
 */
export function readPdfValue(bytes: Uint8Array, at: number, computing: ComputingBudget): PdfValue | null {
  const reader = new Reader(bytes);
  try {
    return reader.value(skipBlank(bytes, at), 0);
  } catch (error) {
    if (error instanceof PdfFault) return null;
    throw error;
  } finally {
    computing.spend((reader.reached - at) * READING);
  }
}

/** A dictionary's value; null when absent or given twice. */
export function entryOf(dictionary: PdfDictionary, key: string): PdfValue | null {
  const found = dictionary.entries.filter((entry) => entry.key === key);
  return found.length === 1 ? (found[0]?.value ?? null) : null;
}

export const nameOf = (value: PdfValue | null): string | null => (value?.type === 'name' ? value.name : null);
export const integerOf = (value: PdfValue | null): number | null =>
  value?.type === 'number' && Number.isSafeInteger(value.value) ? value.value : null;

export const isBlank = (octet: number | undefined): boolean =>
  octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09 || octet === 0x0c || octet === 0x00;

const isDigit = (octet: number | undefined): boolean => octet !== undefined && octet >= 0x30 && octet <= 0x39;
const DELIMITERS = new Set(Buffer.from('()<>[]{}/%', 'latin1'));
export const isRegular = (octet: number | undefined): boolean => octet !== undefined && !isBlank(octet) && !DELIMITERS.has(octet);

export function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    while (at < bytes.length && isBlank(bytes[at])) at++;
    if (bytes[at] !== 0x25) return at;
    while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
  }
}

class Reader {
  /** The furthest place that was looked at. */
  reached = 0;
  private readonly bytes: Uint8Array;
  private left = MAX_VALUES;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  value(at: number, depth: number): PdfValue {
    if (depth > MAX_DEPTH || this.left-- <= 0) throw new PdfFault('too deep or too many');
    this.reached = at;
    const octet = this.bytes[at];
    if (octet === 0x2f) return this.name(at);
    if (octet === 0x28) return this.literalString(at);
    if (octet === 0x5b) return this.array(at, depth);
    if (octet === 0x3c) return this.bytes[at + 1] === 0x3c ? this.dictionary(at, depth) : this.hexString(at);
    return this.numberOrWord(at);
  }

  private word(at: number): { text: string; end: number } {
    let end = at;
    while (isRegular(this.bytes[end])) end++;
    if (end === at || end - at > 256) throw new PdfFault('token');
    return { text: String.fromCharCode(...this.bytes.subarray(at, end)), end };
  }

  private numberOrWord(at: number): PdfValue {
    const { text, end } = this.word(at);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) {
      if (!/^(true|false|null)$/.test(text)) throw new PdfFault('keyword');
      return { type: 'keyword', word: text, start: at, end };
    }
    if (/^\d+$/.test(text)) {
      const reference = this.reference(Number(text), at, end);
      if (reference) return reference;
    }
    return { type: 'number', value: Number(text), start: at, end };
  }

  /** `number generation R`, blanks and comments between. */
  private reference(object: number, start: number, afterNumber: number): PdfValue | null {
    const at = skipBlank(this.bytes, afterNumber);
    let next = at;
    while (isDigit(this.bytes[next])) next++;
    if (next === at || at === afterNumber || next - at > 5) return null;
    const end = skipBlank(this.bytes, next);
    if (end === next || this.bytes[end] !== 0x52 || isRegular(this.bytes[end + 1])) return null;
    const generation = Number(String.fromCharCode(...this.bytes.subarray(at, next)));
    return { type: 'reference', object, generation, start, end: end + 1 };
  }

  private name(at: number): PdfValue {
    let end = at + 1;
    let name = '';
    while (isRegular(this.bytes[end])) {
      const code =
        this.bytes[end] === 0x23
          ? Number.parseInt(String.fromCharCode(this.bytes[end + 1] ?? 0, this.bytes[end + 2] ?? 0), 16)
          : Number.NaN;
      name += String.fromCharCode(Number.isNaN(code) ? (this.bytes[end] ?? 0) : code);
      end += Number.isNaN(code) ? 1 : 3;
      if (name.length > 512) throw new PdfFault('name');
    }
    return { type: 'name', name, start: at, end };
  }

  private array(at: number, depth: number): PdfValue {
    const items: PdfValue[] = [];
    let next = skipBlank(this.bytes, at + 1);
    while (this.bytes[next] !== 0x5d) {
      const item = this.value(next, depth + 1);
      items.push(item);
      next = skipBlank(this.bytes, item.end);
    }
    return { type: 'array', items, start: at, end: next + 1 };
  }

  private dictionary(at: number, depth: number): PdfValue {
    const entries: PdfDictionaryEntry[] = [];
    let next = skipBlank(this.bytes, at + 2);
    while (!(this.bytes[next] === 0x3e && this.bytes[next + 1] === 0x3e)) {
      const key = this.value(next, depth + 1);
      if (key.type !== 'name') throw new PdfFault('key');
      const value = this.value(skipBlank(this.bytes, key.end), depth + 1);
      entries.push({ key: key.name, value });
      next = skipBlank(this.bytes, value.end);
    }
    return { type: 'dictionary', entries, start: at, end: next + 2 };
  }

  private hexString(at: number): PdfValue {
    const end = this.bytes.indexOf(0x3e, at);
    this.reached = end < 0 ? this.bytes.length : end;
    if (end < 0) throw new PdfFault('string');
    const whole = decodeHex(this.bytes.subarray(at + 1, end));
    if (whole) return { type: 'string', octets: whole, hex: true, start: at, end: end + 1 };
    const octets = new Uint8Array((end - at) >> 1);
    let digits = 0;
    for (let next = at + 1; next < end; next++) {
      if (isBlank(this.bytes[next])) continue;
      const digit = HEX_DIGITS.get(this.bytes[next] ?? 0);
      if (digit === undefined) throw new PdfFault('string');
      octets[digits >> 1] = (octets[digits >> 1] ?? 0) | (digits % 2 ? digit : digit << 4);
      digits++;
    }
    return { type: 'string', octets: octets.subarray(0, (digits + 1) >> 1), hex: true, start: at, end: end + 1 };
  }

  private literalString(at: number): PdfValue {
    const end = this.endOfLiteral(at);
    const octets = new Uint8Array(end - at);
    let length = 0;
    for (let next = at + 1; next < end - 1; next++) {
      let octet = this.bytes[next] ?? 0;
      if (octet === 0x5c) {
        octet = this.bytes[++next] ?? 0;
        const octal = /^[0-7]{1,3}/.exec(String.fromCharCode(...this.bytes.subarray(next, next + 3)));
        if (octal) {
          octets[length++] = Number.parseInt(octal[0], 8) & 0xff;
          next += octal[0].length - 1;
        } else if (octet !== 0x0a && octet !== 0x0d) octets[length++] = ESCAPES[octet] ?? octet;
        else if (octet === 0x0d && this.bytes[next + 1] === 0x0a) next++;
      } else octets[length++] = octet;
    }
    return { type: 'string', octets: octets.subarray(0, length), hex: false, start: at, end };
  }

  /** After the bracket that closes the one at `at`. */
  private endOfLiteral(at: number): number {
    let open = 0;
    for (let next = at; ; next++) {
      this.reached = next;
      const octet = this.bytes[next];
      if (octet === undefined || next - at > MAX_LITERAL) throw new PdfFault('string');
      if (octet === 0x5c) next++;
      else if (octet === 0x28) open++;
      else if (octet === 0x29 && --open === 0) return next + 1;
    }
  }
}

/** Pairs of digits and nothing else, as contents of signatures are written; null for any other spelling. */
function decodeHex(digits: Uint8Array): Uint8Array | null {
  // decoding ends at the first character that is no digit
  const octets = Buffer.from(Buffer.from(digits.buffer, digits.byteOffset, digits.length).toString('latin1'), 'hex');
  return octets.length * 2 === digits.length ? new Uint8Array(octets.buffer, octets.byteOffset, octets.length) : null;
}

const HEX_DIGITS = new Map(
  Array.from(Buffer.from('0123456789abcdefABCDEF', 'latin1'), (code) => [code, Number.parseInt(String.fromCharCode(code), 16)] as const),
);
const ESCAPES: Readonly<Record<number, number>> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c };
