import { entryOf, integerOf, isBlank, type PdfDictionary, type PdfValue } from './pdf-value.ts';

export type ByteRange = {
  /** The signed pieces of the file. */
  readonly pieces: readonly [Uint8Array, Uint8Array];
  /** Where the signed revision ends. */
  readonly end: number;
  readonly covers: 'whole' | 'partial';
};

/** A code for the first rule that is broken, beside the range as far as it can be used at all. */
export type ByteRangeOutcome = { readonly range: ByteRange | null; readonly reason: string | null };

/**
 * The rules on raw bytes (ISO 32000-1 §12.8.1, EN 319 142-1 §5.3): two pieces; the first starts at 0; between them nothing but the
 * hexadecimal string of Contents of this very dictionary; the second ends where a revision ends.
 */
export function readByteRange(bytes: Uint8Array, dictionary: PdfDictionary, contents: PdfValue | null): ByteRangeOutcome {
  const value = entryOf(dictionary, 'ByteRange');
  if (value === null) return { range: null, reason: 'byte-range-missing' };
  const numbers = value.type === 'array' ? value.items.map(integerOf) : [];
  if (numbers.length !== 4 || numbers.some((number) => number === null || number < 0)) return { range: null, reason: 'byte-range-form' };
  const [first, firstLength, second, secondLength] = numbers as [number, number, number, number];
  const [gap, end] = [first + firstLength, second + secondLength];
  if (gap > second || end > bytes.length) return { range: null, reason: 'byte-range-outside-file' };
  const covers = isBlankAfter(bytes, end) ? 'whole' : 'partial';
  const range: ByteRange = { pieces: [bytes.subarray(first, gap), bytes.subarray(second, end)], end, covers };
  if (first !== 0) return { range, reason: 'byte-range-not-from-start' };
  if (contents === null || contents.start !== gap || contents.end !== second) return { range, reason: 'byte-range-hole' };
  return { range, reason: endsRevision(bytes, end) ? null : 'byte-range-inside-revision' };
}

function isBlankAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (!isBlank(bytes[at])) return false;
  return true;
}

/** `%%EOF` with at most its line end. */
function endsRevision(bytes: Uint8Array, end: number): boolean {
  return /%%EOF[ \t]*\r?\n?$/.test(String.fromCharCode(...bytes.subarray(Math.max(0, end - 16), end)));
}
