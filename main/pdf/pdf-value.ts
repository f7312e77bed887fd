/**
 * The value syntax of PDF (ISO 32000-1 §7.3): enough to read the skeleton of a file and to write changed objects again.
 * Strings, names and numbers keep their own spelling, so what is not touched is written back byte for byte.
 */
export type PdfDict = ReadonlyMap<string, PdfValue>;
export type PdfRef = { readonly kind: 'ref'; readonly number: number; readonly generation: number };
/** `start` and `end` are the place of the string in the bytes it was read from, delimiters included. */
export type PdfString = {
  readonly kind: 'string';
  readonly raw: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
};
export type PdfValue =
  | { readonly kind: 'number'; readonly raw: string; readonly value: number }
  | { readonly kind: 'name'; readonly raw: string; readonly name: string }
  | { readonly kind: 'word'; readonly raw: string }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'dict'; readonly entries: PdfDict }
  | PdfString
  | PdfRef;

/** What is wrong with a file; caught where the file is opened and turned into `document-unreadable`. */
export class PdfSyntaxError extends Error {}
export class PdfEncryptedError extends PdfSyntaxError {}

const MAX_DEPTH = 100;
const WHITESPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set(Buffer.from('()<>[]{}/%'));
const ESCAPES = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['b', 8],
  ['f', 12],
]);
const code = (c: string): number => c.charCodeAt(0);
/** A place past the end, as a hostile offset names one, holds nothing. */
const latin1 = (bytes: Uint8Array, start: number, end: number): string => {
  const part = bytes.subarray(start, end);
  return Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
};

export class PdfReader {
  readonly bytes: Uint8Array;
  at: number;
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** -1 past the end. */
  private byte(at: number): number {
    return this.bytes[at] ?? -1;
  }

  private skipRegular(): void {
    while (this.at < this.bytes.length && !WHITESPACE.has(this.byte(this.at)) && !DELIMITERS.has(this.byte(this.at))) this.at++;
  }

  skipSpace(): void {
    for (; this.at < this.bytes.length; this.at++) {
      if (this.bytes[this.at] === code('%')) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++;
      } else if (!WHITESPACE.has(this.byte(this.at))) return;
    }
  }

  /** The next run of regular characters: a number or a keyword. */
  token(): string {
    this.skipSpace();
    const start = this.at;
    this.skipRegular();
    return latin1(this.bytes, start, this.at);
  }

  /** Takes the keyword if it comes next. */
  takeWord(word: string): boolean {
    const start = this.at;
    if (this.token() === word) return true;
    this.at = start;
    return false;
  }

  integer(): number {
    const raw = this.token();
    if (!/^\d{1,10}$/.test(raw)) throw new PdfSyntaxError('an integer was expected');
    return Number(raw);
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfSyntaxError('nested too deeply');
    this.skipSpace();
    const c = this.bytes[this.at];
    if (c === undefined) throw new PdfSyntaxError('the file ends inside a value');
    if (c === code('/')) return this.name();
    if (c === code('(')) return this.literalString();
    if (c === code('[')) return this.array(depth);
    if (c === code('<')) return this.bytes[this.at + 1] === code('<') ? this.dict(depth) : this.hexString();
    return this.numberOrWord();
  }

  private name(): PdfValue {
    const start = this.at++;
    this.skipRegular();
    const raw = latin1(this.bytes, start, this.at);
    const name = raw.slice(1).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return { kind: 'name', raw, name };
  }

  private array(depth: number): PdfValue {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === code(']')) {
        this.at++;
        return { kind: 'array', items };
      }
      items.push(this.value(depth + 1));
    }
  }

  private dict(depth: number): PdfValue {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === code('>') && this.bytes[this.at + 1] === code('>')) {
        this.at += 2;
        return { kind: 'dict', entries };
      }
      const key = this.value(depth + 1);
      if (key.kind !== 'name') throw new PdfSyntaxError('a dictionary key is no name');
      // Readers disagree which of two equal keys counts; a file that says two things at once is refused.
      if (entries.has(key.name)) throw new PdfSyntaxError('a dictionary has a key twice');
      entries.set(key.name, this.value(depth + 1));
    }
  }

  private hexString(): PdfValue {
    const start = this.at;
    const close = this.bytes.indexOf(code('>'), start);
    if (close < 0) throw new PdfSyntaxError('a string is not closed');
    this.at = close + 1;
    const raw = latin1(this.bytes, start, this.at);
    const digits = raw.slice(1, -1).replace(/[\0\t\n\f\r ]/g, '');
    if (!/^[0-9A-Fa-f]*$/.test(digits)) throw new PdfSyntaxError('a hexadecimal string has other characters');
    return { kind: 'string', raw, bytes: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'), start, end: this.at };
  }

  private literalString(): PdfValue {
    const start = this.at++;
    const out: number[] = [];
    for (let open = 1; ; this.at++) {
      const c = this.bytes[this.at];
      if (c === undefined) throw new PdfSyntaxError('a string is not closed');
      if (c === code('\\')) {
        this.escape(out);
        continue;
      }
      if (c === code('(')) open++;
      if (c === code(')') && --open === 0) break;
      out.push(c);
    }
    this.at++;
    return { kind: 'string', raw: latin1(this.bytes, start, this.at), bytes: Uint8Array.from(out), start, end: this.at };
  }

  private escape(out: number[]): void {
    const c = String.fromCharCode(this.bytes[++this.at] ?? 0);
    const named = ESCAPES.get(c);
    const octal = /^[0-7]{1,3}/.exec(latin1(this.bytes, this.at, Math.min(this.at + 3, this.bytes.length)))?.[0];
    if (named !== undefined) out.push(named);
    else if (octal !== undefined) {
      this.at += octal.length - 1;
      out.push(parseInt(octal, 8) & 0xff);
    } else if (c === '\r') {
      if (this.bytes[this.at + 1] === 10) this.at++;
    } else if (c !== '\n') out.push(c.charCodeAt(0));
  }

  private numberOrWord(): PdfValue {
    const raw = this.token();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(raw)) {
      const reference = /^\d{1,10}$/.test(raw) ? this.restOfReference(Number(raw)) : null;
      return reference ?? { kind: 'number', raw, value: Number(raw) };
    }
    if (raw === 'true' || raw === 'false' || raw === 'null') return { kind: 'word', raw };
    throw new PdfSyntaxError('an unknown word stands where a value should');
  }

  private restOfReference(number: number): PdfRef | null {
    const start = this.at;
    const generation = this.token();
    if (/^\d{1,5}$/.test(generation) && this.takeWord('R')) return { kind: 'ref', number, generation: Number(generation) };
    this.at = start;
    return null;
  }
}

export const nameValue = (name: string): PdfValue => ({ kind: 'name', raw: `/${name}`, name });
export const numberValue = (value: number): PdfValue => ({ kind: 'number', raw: String(value), value });

/** A text string: plain when it is ASCII, otherwise UTF-16BE with its mark, so that Kazakh names come out whole. */
export function textValue(text: string): PdfValue {
  const ascii = /^[\x20-\x7e]*$/.test(text);
  const bytes = ascii ? Buffer.from(text, 'latin1') : Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
  return { kind: 'string', raw: `<${bytes.toString('hex')}>`, bytes, start: 0, end: 0 };
}

/** Writes a value as latin1 text. */
export function writeValue(value: PdfValue): string {
  if (value.kind === 'ref') return `${value.number} ${value.generation} R`;
  if (value.kind === 'array') return `[${value.items.map(writeValue).join(' ')}]`;
  if (value.kind === 'dict') return writeDict(value.entries);
  return value.raw;
}

export function writeDict(entries: PdfDict): string {
  const pairs = [...entries].map(([name, value]) => `${writeName(name)} ${writeValue(value)}`);
  return `<< ${pairs.join(' ')} >>`;
}

const writeName = (name: string): string =>
  `/${name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;

export const integerOf = (value: PdfValue | null | undefined): number | null =>
  value?.kind === 'number' && Number.isSafeInteger(value.value) ? value.value : null;
