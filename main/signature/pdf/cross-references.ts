import type { ComputingBudget } from '../computing-budget.ts';
import { inflate, type InflateBudget } from './inflate.ts';
import { hasWord, readObjectAt } from './pdf-object.ts';
import { entryOf, integerOf, nameOf, readPdfValue, skipBlank, type PdfDictionary } from './pdf-value.ts';

export type CrossReference =
  { readonly kind: 'free' } | { readonly kind: 'at'; readonly offset: number } | { readonly kind: 'in'; readonly container: number };

export function sameReference(a: CrossReference, b: CrossReference | undefined): boolean {
  if (a.kind === 'at') return b?.kind === 'at' && a.offset === b.offset;
  if (a.kind === 'in') return b?.kind === 'in' && a.container === b.container;
  return b?.kind === 'free';
}

export type CrossReferences = {
  /** Where each object stands now: the newest table that names it decides. */
  readonly entries: ReadonlyMap<number, CrossReference>;
  /** Every offset any table of the chain gives to an object. */
  readonly offsets: ReadonlySet<number>;
  /** Offsets of the tables themselves. */
  readonly tables: ReadonlySet<number>;
  /** The newest trailer. */
  readonly trailer: PdfDictionary;
  /** Offset of the newest table. */
  readonly newest: number;
};

/** A chain or table longer than this is a loop or a bomb. */
const MAX_TABLES = 1_024;
const MAX_ENTRIES = 1_000_000;
/** Entries of all tables together, most of which newer ones have replaced. */
const MAX_ROWS = 4_000_000;
/** Microseconds, in the measure of computing-cost.ts. */
const ROW = 0.5;

/** Reads the chain of cross-reference tables and streams from the last `startxref` back (ISO 32000-1 §7.5.4, §7.5.8); null when any is broken. */
export function readCrossReferences(bytes: Uint8Array, base: number, budget: InflateBudget): CrossReferences | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const keyword = file.lastIndexOf('startxref', undefined, 'latin1');
  const start = keyword < 0 ? null : integerOf(readPdfValue(bytes, keyword + 'startxref'.length, budget.computing));
  if (start === null) return null;
  const entries = new Map<number, CrossReference>();
  const offsets = new Set<number>();
  const visited = new Set<number>();
  let rows = 0;
  const add = (number: number, entry: CrossReference): boolean => {
    if (++rows > MAX_ROWS) return false;
    budget.computing.spend(ROW);
    if (entry.kind === 'at') offsets.add(entry.offset);
    if (!entries.has(number)) entries.set(number, entry);
    return entries.size <= MAX_ENTRIES;
  };
  let trailer: PdfDictionary | null = null;
  const waiting = [start + base];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (visited.has(at) || visited.size >= MAX_TABLES || at < 0 || at >= bytes.length) return null;
    visited.add(at);
    const section = hasWord(bytes, skipBlank(bytes, at), 'xref')
      ? readTable(bytes, skipBlank(bytes, at), base, budget.computing, add)
      : readStream(bytes, at, base, budget, add);
    if (section === null) return null;
    trailer ??= section;
    // A hybrid file's stream is looked at before its older tables.
    const [hybrid, previous] = [entryOf(section, 'XRefStm'), entryOf(section, 'Prev')].map(integerOf);
    waiting.unshift(...[hybrid, previous].filter((offset) => offset != null).map((offset) => offset + base));
  }
  return trailer && { entries, offsets, tables: visited, trailer, newest: start + base };
}

type Add = (number: number, entry: CrossReference) => boolean;

function readTable(bytes: Uint8Array, start: number, base: number, computing: ComputingBudget, add: Add): PdfDictionary | null {
  let at = skipBlank(bytes, start + 'xref'.length);
  while (!hasWord(bytes, at, 'trailer')) {
    const head = /^(\d{1,10})\s+(\d{1,10})\s*/.exec(textAt(bytes, at, 32));
    if (head === null) return null;
    at += head[0].length;
    const [first, count] = [Number(head[1]), Number(head[2])];
    for (let i = 0; i < count; i++) {
      const line = /^(\d{10}) (\d{5}) ([nf])\s{0,2}/.exec(textAt(bytes, at, 20));
      if (line === null) return null;
      at += line[0].length;
      const offset = Number(line[1]) + base;
      if (!add(first + i, line[3] === 'n' && offset > 0 ? { kind: 'at', offset } : { kind: 'free' })) return null;
    }
    at = skipBlank(bytes, at);
  }
  const trailer = readPdfValue(bytes, at + 'trailer'.length, computing);
  return trailer?.type === 'dictionary' ? trailer : null;
}

function readStream(bytes: Uint8Array, at: number, base: number, budget: InflateBudget, add: Add): PdfDictionary | null {
  const object = readObjectAt(bytes, at, null, integerOf, budget.computing);
  if (object?.value.type !== 'dictionary' || object.stream === null || nameOf(entryOf(object.value, 'Type')) !== 'XRef') return null;
  const data = inflate(object.value, object.stream, budget);
  const widths = integersOf(object.value, 'W');
  const size = integerOf(entryOf(object.value, 'Size'));
  if (data === null || size === null || widths?.length !== 3 || widths.some((width) => width < 0 || width > 6)) return null;
  const [kindWidth, secondWidth, thirdWidth] = widths as [number, number, number];
  const ranges = entryOf(object.value, 'Index') ? integersOf(object.value, 'Index') : [0, size];
  if (ranges === null || ranges.length % 2) return null;
  const step = kindWidth + secondWidth + thirdWidth;
  let row = 0;
  const field = (from: number, width: number): number => {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (data[from + i] ?? 0);
    return value;
  };
  const [numbers, counts] = [ranges.filter((_, i) => i % 2 === 0), ranges.filter((_, i) => i % 2 === 1)];
  for (const [r, first] of numbers.entries()) {
    for (let number = first; number < first + (counts[r] ?? 0); number++, row += step) {
      if (step === 0 || row + step > data.length) return null;
      const kind = kindWidth === 0 ? 1 : field(row, kindWidth);
      const second = field(row + kindWidth, secondWidth);
      const entry: CrossReference =
        kind === 1 ? { kind: 'at', offset: second + base } : kind === 2 ? { kind: 'in', container: second } : { kind: 'free' };
      if (!add(number, entry)) return null;
    }
  }
  return object.value;
}

function integersOf(dictionary: PdfDictionary, key: string): number[] | null {
  const value = entryOf(dictionary, key);
  if (value?.type !== 'array') return null;
  const numbers = value.items.map(integerOf);
  return numbers.every((number) => number !== null) ? numbers : null;
}

const textAt = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
