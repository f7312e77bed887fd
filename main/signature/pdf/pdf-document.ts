import type { ComputingBudget } from '../computing-budget.ts';
import { inflate, type InflateBudget } from './inflate.ts';
import { readCrossReferences, type CrossReferences } from './cross-references.ts';
import { readObjectAt, type PdfObject } from './pdf-object.ts';
import { entryOf, integerOf, nameOf, readPdfValue, type PdfDictionary, type PdfValue } from './pdf-value.ts';

/** A PDF as its own cross-reference tables describe it: nothing is repaired and nothing is found by searching. */
export type PdfDocument = {
  readonly bytes: Uint8Array;
  readonly references: CrossReferences;
  readonly computing: ComputingBudget;
  /** Null when the table knows no such object, or there is none where it says. */
  object(number: number): PdfObject | null;
  /** Follows references to the value behind them. */
  resolve(value: PdfValue | null): PdfValue | null;
  dictionary(value: PdfValue | null): PdfDictionary | null;
};

/** Null when there is no readable chain of cross-reference tables. */
export function openPdf(bytes: Uint8Array, base: number, budget: InflateBudget): PdfDocument | null {
  const references = readCrossReferences(bytes, base, budget);
  if (references === null) return null;
  const { computing } = budget;
  const known = new Map<number, PdfObject | null>();
  const containers = new Map<number, ObjectStream | null>();

  const read = (number: number): PdfObject | null => {
    const entry = references.entries.get(number);
    if (entry === undefined || entry.kind === 'free') return null;
    if (entry.kind === 'at') return readObjectAt(bytes, entry.offset, number, lengthOf, computing);
    let container = containers.get(entry.container);
    if (container === undefined) {
      const holder = references.entries.get(entry.container)?.kind === 'at' ? document.object(entry.container) : null;
      container = holder && readObjectStream(holder, budget);
      containers.set(entry.container, container);
    }
    const at = container?.offsets.get(number);
    const value = container && at !== undefined ? readPdfValue(container.bytes, at, computing) : null;
    return value && { value, stream: null };
  };

  const lengthOf = (value: PdfValue | null): number | null => integerOf(value?.type === 'reference' ? document.resolve(value) : value);
  const document: PdfDocument = {
    bytes,
    references,
    computing,
    object(number) {
      let object = known.get(number);
      if (object === undefined) {
        known.set(number, null);
        object = read(number);
        known.set(number, object);
      }
      return object;
    },
    resolve(value) {
      let current = value;
      for (let hops = 0; current?.type === 'reference'; hops++) {
        if (hops > MAX_HOPS) return null;
        current = document.object(current.object)?.value ?? null;
      }
      return current;
    },
    dictionary(value) {
      const resolved = document.resolve(value);
      return resolved?.type === 'dictionary' ? resolved : null;
    },
  };
  return document;
}
const MAX_HOPS = 16;

type ObjectStream = {
  readonly bytes: Uint8Array;
  /** Object number → offset of its value. */
  readonly offsets: ReadonlyMap<number, number>;
};

/** Unpacks an object stream (ISO 32000-1 §7.5.7). */
export function readObjectStream(holder: PdfObject, budget: InflateBudget): ObjectStream | null {
  if (holder.value.type !== 'dictionary' || holder.stream === null || nameOf(entryOf(holder.value, 'Type')) !== 'ObjStm') return null;
  const count = integerOf(entryOf(holder.value, 'N'));
  const first = integerOf(entryOf(holder.value, 'First'));
  const bytes = inflate(holder.value, holder.stream, budget);
  if (bytes === null || count === null || first === null || first < 0 || first > bytes.length) return null;
  const numbers = Buffer.from(bytes.subarray(0, first)).toString('latin1').split(/\s+/).filter(Boolean).map(Number);
  if (count < 0 || numbers.length < count * 2) return null;
  const offsets = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const [number, offset] = numbers.slice(2 * i, 2 * i + 2);
    if (number !== undefined && offset !== undefined && !offsets.has(number)) offsets.set(number, first + offset);
  }
  return { bytes, offsets };
}
