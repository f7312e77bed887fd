import { inflateSync } from 'node:zlib';
import type { PdfDict, PdfReader, PdfValue } from './pdf-value.ts';
import { PdfSyntaxError, integerOf } from './pdf-value.ts';

const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

/** The bytes of the stream that follows its dictionary, unpacked. Packed in any way but Flate it is refused. */
export function streamData(reader: PdfReader, dict: PdfDict, length: number | null): Uint8Array {
  if (!reader.takeWord('stream') || length === null) throw new PdfSyntaxError('a stream is damaged');
  if (reader.bytes[reader.at] === 13) reader.at++;
  if (reader.bytes[reader.at] === 10) reader.at++;
  const raw = reader.bytes.subarray(reader.at, reader.at + length);
  if (raw.length !== length) throw new PdfSyntaxError('a stream is cut off');
  const filter = dict.get('Filter');
  const filters = filter === undefined ? [] : filter.kind === 'array' ? filter.items : [filter];
  if (filters.length === 0) return raw;
  const [only, ...others] = filters;
  if (others.length > 0 || only?.kind !== 'name' || only.name !== 'FlateDecode') throw new PdfSyntaxError('a stream has an unknown filter');
  return undoPredictor(inflate(raw), dict.get('DecodeParms'));
}

function inflate(raw: Uint8Array): Uint8Array {
  try {
    return inflateSync(raw, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch {
    throw new PdfSyntaxError('a stream cannot be unpacked');
  }
}

/** PNG predictors (RFC 2083 §6) over rows of one-byte samples, the form cross-reference streams use. */
function undoPredictor(data: Uint8Array, parameters: PdfValue | undefined): Uint8Array {
  const dict = parameters?.kind === 'array' ? parameters.items[0] : parameters;
  const entries: PdfDict = dict?.kind === 'dict' ? dict.entries : new Map();
  const predictor = integerOf(entries.get('Predictor')) ?? 1;
  if (predictor === 1) return data;
  const columns = integerOf(entries.get('Columns')) ?? 1;
  if (predictor < 10 || columns < 1) throw new PdfSyntaxError('a stream has an unknown predictor');
  const rows = Math.floor(data.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (columns + 1)] ?? 0;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const above = out[at - columns] ?? 0;
      const corner = column > 0 ? (out[at - columns - 1] ?? 0) : 0;
      out[at] = (data[row * (columns + 1) + 1 + column] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) throw new PdfSyntaxError('a stream has an unknown predictor');
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)];
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
}
