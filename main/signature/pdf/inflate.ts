import { inflateSync } from 'node:zlib';
import type { ComputingBudget } from '../computing-budget.ts';
import { entryOf, integerOf, nameOf, type PdfDictionary, type PdfValue } from './pdf-value.ts';

/** What may still be unpacked from one file; `exceeded` is set when a stream wanted more. */
export type InflateBudget = { left: number; exceeded: boolean; readonly computing: ComputingBudget };

/** Microseconds an octet costs, in the measure of computing-cost.ts. */
const INFLATING = 0.01;

export const createInflateBudget = (octets: number, computing: ComputingBudget): InflateBudget => ({
  left: octets,
  exceeded: false,
  computing,
});

/** A stream's bytes when it is stored plainly or by Flate with a PNG predictor, which is all structure streams use; otherwise null. */
export function inflate(dictionary: PdfDictionary, stream: Uint8Array, budget: InflateBudget): Uint8Array | null {
  const filter = only(entryOf(dictionary, 'Filter'));
  if (filter === null) return entryOf(dictionary, 'Filter') === null ? stream : null;
  if (nameOf(filter) !== 'FlateDecode' && nameOf(filter) !== 'Fl') return null;
  if (budget.left <= 0) {
    budget.exceeded = true;
    return null;
  }
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(stream, { maxOutputLength: budget.left });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      budget.exceeded = true;
      budget.left = 0;
    }
    return null;
  }
  budget.left -= bytes.length;
  budget.computing.spend(bytes.length * INFLATING);
  const parameters = only(entryOf(dictionary, 'DecodeParms'));
  return parameters?.type === 'dictionary' ? undoPredictor(parameters, bytes) : bytes;
}

const only = (value: PdfValue | null): PdfValue | null =>
  value?.type !== 'array' ? value : value.items.length === 1 ? (value.items[0] ?? null) : null;

function undoPredictor(parameters: PdfDictionary, bytes: Uint8Array): Uint8Array | null {
  const predictor = integerOf(entryOf(parameters, 'Predictor')) ?? 1;
  if (predictor === 1) return bytes;
  const width = integerOf(entryOf(parameters, 'Columns')) ?? 1;
  const singleOctets =
    (integerOf(entryOf(parameters, 'Colors')) ?? 1) === 1 && (integerOf(entryOf(parameters, 'BitsPerComponent')) ?? 8) === 8;
  if (predictor < 10 || width < 1 || width > 64 * 1024 || !singleOctets) return null;
  const rows = Math.ceil(bytes.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (width + 1)] ?? 0;
    if (kind > 4) return null;
    for (let i = 0; i < width; i++) {
      const coded = bytes[row * (width + 1) + 1 + i] ?? 0;
      const left = i > 0 ? (out[row * width + i - 1] ?? 0) : 0;
      const up = row > 0 ? (out[(row - 1) * width + i] ?? 0) : 0;
      const corner = row > 0 && i > 0 ? (out[(row - 1) * width + i - 1] ?? 0) : 0;
      const guess = kind === 0 ? 0 : kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      out[row * width + i] = coded + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
