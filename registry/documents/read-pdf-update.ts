/** A name, number, word, string or reference (`12 0 R`) as it is spelled; an array; a dictionary. */
export type PdfValue = string | readonly PdfValue[] | PdfDict;
export type PdfDict = ReadonlyMap<string, PdfValue>;
export type PdfObject = { readonly value: PdfValue; readonly stream: string | null };

/** What was appended to a file. Places count from the beginning of the file. */
export type PdfUpdate = {
  /** As the file was before; null for what is not there. */
  readonly before: (number: number) => PdfObject | null;
  /** New and rewritten objects; the last writing counts. */
  readonly written: ReadonlyMap<number, PdfObject>;
  /** Where each appended section ends. */
  readonly ends: ReadonlySet<number>;
  readonly root: string;
  /** All numbers of objects were below. */
  readonly size: number;
};

type Section = { readonly offsets: ReadonlyMap<number, number>; readonly trailer: PdfDict; readonly end: number };
type Read<T> = { readonly value: T; readonly end: number };

class NotPlain extends Error {}
const MAX_DEPTH = 50;
const MAX_SECTIONS = 1000;
const TOKEN = /[\0\t\n\f\r ]*(<<|>>|[[\]]|<[0-9A-Fa-f]*>|\((?:[^()\\]|\\[^])*\)|\/[^\0\t\n\f\r ()<>[\]{}/%]*|[^\0\t\n\f\r ()<>[\]{}/%]+)/y;
const TRAILER_KEYS = new Set(['/Size', '/Root', '/Info', '/ID', '/Prev']);

/**
 * Reads what follows the first `held` bytes of a file, when it is nothing but incremental updates in their plainest form (ISO 32000-1 §7.5.6):
 * objects, a table that lists these and no others, a trailer. Null for anything else, also for tables or objects in streams, comments and repairs.
 * @param text the whole file, one character a byte.
 */
export function readPdfUpdate(text: string, held: number): PdfUpdate | null {
  try {
    return read(text, held);
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

function read(text: string, held: number): PdfUpdate {
  const old = sectionsBefore(text.slice(0, held));
  const written = new Map<number, PdfObject>();
  const ends = new Set<number>();
  let previous = old.start;
  let at = skipSpace(text, held);
  while (at < text.length) {
    const offsets = new Map<number, number>();
    for (let header = headerAt(text, at); header !== null; header = headerAt(text, at)) {
      if (offsets.has(header.value)) throw new NotPlain();
      offsets.set(header.value, at);
      const object = bodyAt(text, header.end);
      written.set(header.value, object.value);
      at = skipSpace(text, object.end);
    }
    const start = at;
    const section = sectionAt(text, start);
    if (section.offsets.size !== offsets.size || [...offsets].some(([number, offset]) => section.offsets.get(number) !== offset))
      throw new NotPlain();
    const kept = ['/Root', '/Info'].every((key) => section.trailer.get(key) === old.trailer.get(key));
    if (!kept || section.trailer.get('/Prev') !== String(previous) || [...section.trailer.keys()].some((key) => !TRAILER_KEYS.has(key)))
      throw new NotPlain();
    const close = match(text, /[\0\t\n\f\r ]*startxref[\r\n ]+(\d{1,10})[\r\n ]+%%EOF[\r\n]*/y, section.end);
    if (Number(close[1]) !== start) throw new NotPlain();
    previous = start;
    at = section.end + close[0].length;
    ends.add(at);
  }
  const before = (number: number): PdfObject | null => {
    const offset = old.offsets.get(number);
    if (offset === undefined) return null;
    const header = headerAt(text, offset);
    if (header?.value !== number) throw new NotPlain();
    return bodyAt(text, header.end).value;
  };
  const root = old.trailer.get('/Root');
  if (typeof root !== 'string') throw new NotPlain();
  // what is rewritten is read now, so that nothing is left to fail afterwards
  const known = new Map([...written.keys(), numberOf(root) ?? 0].map((number) => [number, before(number)]));
  return {
    before: (number) => (known.has(number) ? known.get(number)! : safely(() => before(number))),
    written,
    ends,
    root,
    size: old.size,
  };
}

function safely<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

/** The number in a reference, else null. */
export function numberOf(value: PdfValue | undefined): number | null {
  const found = typeof value === 'string' ? /^(\d{1,10}) 0 R$/.exec(value) : null;
  return found ? Number(found[1]) : null;
}

function sectionsBefore(text: string): { offsets: Map<number, number>; trailer: PdfDict; start: number; size: number } {
  const start = Number(/startxref[\r\n ]+(\d{1,10})[\r\n ]+%%EOF[\r\n ]*$/.exec(text.slice(-64))?.[1] ?? Number.NaN);
  if (!text.startsWith('%PDF-') || Number.isNaN(start)) throw new NotPlain();
  const offsets = new Map<number, number>();
  const newest = sectionAt(text, start).trailer;
  const freed = new Set<number>();
  for (let at = start, n = 0; ; n++) {
    const section = sectionAt(text, at);
    if (n > MAX_SECTIONS || section.trailer.has('/XRefStm') || section.trailer.has('/Encrypt')) throw new NotPlain();
    for (const [number, offset] of section.offsets) if (!offsets.has(number) && !freed.has(number)) offsets.set(number, offset);
    const prev = section.trailer.get('/Prev');
    if (prev === undefined) break;
    const next = Number(prev);
    if (!(next < at)) throw new NotPlain();
    at = next;
  }
  const size = Number(newest.get('/Size'));
  if (!Number.isSafeInteger(size)) throw new NotPlain();
  return { offsets, trailer: newest, start, size };
}

/** A cross-reference table and the trailer after it. */
function sectionAt(text: string, start: number): Section {
  const offsets = new Map<number, number>();
  let at = start + match(text, /xref[\r\n ]+/y, start)[0].length;
  for (;;) {
    const run = find(text, /(\d{1,10}) (\d{1,7})[\r\n ]+/y, at);
    if (run === null) break;
    at += run[0].length;
    for (let i = 0; i < Number(run[2]); i++, at += 20) {
      const entry = match(text, /(\d{10}) (\d{5}) ([nf])[\r\n ]{2}/y, at);
      if (entry[3] === 'n') offsets.set(Number(run[1]) + i, Number(entry[1]));
    }
  }
  at += match(text, /trailer/y, at)[0].length;
  const trailer = valueAt(text, at, 0);
  if (!(trailer.value instanceof Map)) throw new NotPlain();
  return { offsets, trailer: trailer.value, end: trailer.end };
}

function headerAt(text: string, at: number): Read<number> | null {
  const header = find(text, /(\d{1,10}) 0 obj(?=[\r\n <[])/y, at);
  return header && { value: Number(header[1]), end: at + header[0].length };
}

function bodyAt(text: string, start: number): Read<PdfObject> {
  const { value, end } = valueAt(text, start, 0);
  const begin = find(text, /[\r\n ]*stream\r?\n/y, end);
  if (begin === null) return { value: { value, stream: null }, end: end + match(text, /[\r\n ]*endobj/y, end)[0].length };
  const length = value instanceof Map ? Number(value.get('/Length')) : Number.NaN;
  if (!Number.isSafeInteger(length) || length < 0) throw new NotPlain();
  const first = end + begin[0].length;
  const last = first + length;
  return {
    value: { value, stream: text.slice(first, last) },
    end: last + match(text, /[\r\n]*endstream[\r\n ]+endobj/y, last)[0].length,
  };
}

function valueAt(text: string, start: number, depth: number): Read<PdfValue> {
  if (depth > MAX_DEPTH) throw new NotPlain();
  const [space, token = ''] = match(text, TOKEN, start);
  let at = start + space.length;
  if (token === '[' || token === '<<') {
    const close = token === '[' ? ']' : '>>';
    const items: PdfValue[] = [];
    for (;;) {
      const next = match(text, TOKEN, at);
      if (next[1] === close) {
        const end = at + next[0].length;
        return { value: token === '[' ? items : dictionaryOf(items), end };
      }
      const item = valueAt(text, at, depth + 1);
      items.push(item.value);
      at = item.end;
    }
  }
  if (token === ']' || token === '>>') throw new NotPlain();
  const rest = /^\d{1,10}$/.test(token) ? find(text, /[\r\n ]+(\d{1,5})[\r\n ]+R(?![A-Za-z0-9])/y, at) : null;
  return rest ? { value: `${token} ${rest[1]} R`, end: at + rest[0].length } : { value: token, end: at };
}

/** Readers differ on which of two equal keys they take. */
function dictionaryOf(items: readonly PdfValue[]): PdfDict {
  const entries = new Map<string, PdfValue>();
  for (let i = 0; i < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]];
    if (typeof key !== 'string' || !/^\/[^#]+$/.test(key) || value === undefined || entries.has(key)) throw new NotPlain();
    entries.set(key, value);
  }
  return entries;
}

function find(text: string, pattern: RegExp, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function match(text: string, pattern: RegExp, at: number): RegExpExecArray {
  const found = find(text, pattern, at);
  if (found === null) throw new NotPlain();
  return found;
}

const skipSpace = (text: string, at: number): number => at + match(text, /[\r\n]*/y, at)[0].length;
