import type { ComputingBudget } from '../computing-budget.ts';
import { entryOf, readPdfValue, skipBlank, type PdfValue } from './pdf-value.ts';

/** Microseconds an octet costs that is only searched, in the measure of computing-cost.ts. */
const SEARCHING = 0.003;

export type PdfObject = {
  readonly value: PdfValue;
  /** Bytes of its stream as stored, null when it has none. */
  readonly stream: Uint8Array | null;
};

/** Reads `number generation obj …` at an offset, with its stream if one follows. */
export function readObjectAt(
  bytes: Uint8Array,
  offset: number,
  number: number | null,
  lengthOf: (value: PdfValue | null) => number | null,
  computing: ComputingBudget,
): PdfObject | null {
  const header = headerAt(bytes, offset);
  if (header === null || (number !== null && header.number !== number)) return null;
  const value = readPdfValue(bytes, header.end, computing);
  if (value === null) return null;
  let at = skipBlank(bytes, value.end);
  if (value.type !== 'dictionary' || !hasWord(bytes, at, 'stream')) return { value, stream: null };
  at += 'stream'.length;
  if (bytes[at] === 0x0d) at++;
  if (bytes[at] === 0x0a) at++;
  const length = lengthOf(entryOf(value, 'Length'));
  const stated = length === null || length < 0 ? -1 : at + length;
  if (stated >= at && stated <= bytes.length && hasWord(bytes, skipBlank(bytes, stated), 'endstream'))
    return { value, stream: bytes.subarray(at, stated) };
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('endstream', at, 'latin1');
  computing.spend(((end < 0 ? bytes.length : end) - at) * SEARCHING);
  return end < 0 ? null : { value, stream: bytes.subarray(at, end) };
}

export function hasWord(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function headerAt(bytes: Uint8Array, offset: number): { number: number; end: number } | null {
  const header = /^\s*(\d{1,10})\s+(\d{1,5})\s+obj/.exec(Buffer.from(bytes.subarray(offset, offset + 64)).toString('latin1'));
  return header && { number: Number(header[1]), end: offset + header[0].length };
}

/** The number of the object that begins at an offset; null when none does. */
export function objectNumberAt(bytes: Uint8Array, offset: number): number | null {
  return headerAt(bytes, offset)?.number ?? null;
}

/** Where the word `obj` of the object at an offset stands; -1 when there is none. */
export function wordAfterHeader(bytes: Uint8Array, offset: number): number {
  const header = headerAt(bytes, offset);
  return header === null ? -1 : header.end - 'obj'.length;
}
