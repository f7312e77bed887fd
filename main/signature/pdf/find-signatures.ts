import type { PdfDocument } from './pdf-document.ts';
import { readObjectAt } from './pdf-object.ts';
import { entryOf, integerOf, nameOf, type PdfDictionary, type PdfValue } from './pdf-value.ts';

/** A signature dictionary as it stands in the current revision. */
export type PdfSignatureDictionary = {
  readonly dictionary: PdfDictionary;
  /** A document timestamp, not anybody's signature. */
  readonly timestamp: boolean;
};

/** More than this in one file is an attack. */
const MAX_SIGNATURES = 64;
const MAX_OCCURRENCES = 4_096;

/**
 * Every signature dictionary among the current objects. The words are searched in the raw bytes and then traced to the object the
 * cross-reference table knows there, so a signature inside an attachment or an overwritten revision is not mistaken for one of this file.
 */
export function findSignatures(document: PdfDocument): PdfSignatureDictionary[] | null {
  const { bytes, references, computing } = document;
  const starts = [...references.entries.values()].flatMap((entry) => (entry.kind === 'at' ? [entry.offset] : [])).sort((a, b) => a - b);
  const found = new Map<number, PdfSignatureDictionary>();
  const objects = new Map<number, PdfValue | null>();
  const places = occurrences(bytes, ['/ByteRange', '/SubFilter']);
  if (places === null) return null;
  for (const at of places) {
    const start = lastAtOrBefore(starts, at, (offset) => offset);
    if (start === null) continue;
    if (!objects.has(start)) objects.set(start, readObjectAt(bytes, start, null, integerOf, computing)?.value ?? null);
    const value = objects.get(start);
    if (!value || at >= value.end) continue;
    const dictionary = innermost(value, at);
    if (dictionary && isSignature(dictionary)) found.set(dictionary.start, { dictionary, timestamp: isTimestamp(dictionary) });
    if (found.size > MAX_SIGNATURES) return null;
  }
  return [...found.values()].sort((a, b) => a.dictionary.start - b.dictionary.start);
}

function isSignature(dictionary: PdfDictionary): boolean {
  const type = nameOf(entryOf(dictionary, 'Type'));
  if (type !== null) return type === 'Sig' || type === 'DocTimeStamp';
  return (
    dictionary.entries.some(({ key }) => key === 'Contents') &&
    dictionary.entries.some(({ key }) => key === 'ByteRange' || key === 'SubFilter')
  );
}

function isTimestamp(dictionary: PdfDictionary): boolean {
  return nameOf(entryOf(dictionary, 'Type')) === 'DocTimeStamp' || nameOf(entryOf(dictionary, 'SubFilter')) === 'ETSI.RFC3161';
}

function innermost(value: PdfValue, at: number): PdfDictionary | null {
  if (at < value.start || at >= value.end) return null;
  const child =
    value.type === 'array'
      ? lastAtOrBefore(value.items, at, (item) => item.start)
      : value.type === 'dictionary'
        ? (lastAtOrBefore(value.entries, at, (entry) => entry.value.start)?.value ?? null)
        : null;
  return (child && innermost(child, at)) ?? (value.type === 'dictionary' ? value : null);
}

/** Null for more than any honest file has: one that matters could hide behind them. */
function occurrences(bytes: Uint8Array, words: readonly string[]): number[] | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const places: number[] = [];
  for (const word of words) {
    let at = file.indexOf(word, 0, 'latin1');
    for (let n = 0; at >= 0; n++) {
      if (n === MAX_OCCURRENCES) return null;
      places.push(at);
      at = file.indexOf(word, at + word.length, 'latin1');
    }
  }
  return places.sort((a, b) => a - b);
}

function lastAtOrBefore<T>(sorted: readonly T[], at: number, placeOf: (item: T) => number): T | null {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(sorted[middle] as T) <= at) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1] ?? null;
}
