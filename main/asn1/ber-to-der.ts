import { TAG } from './read-der.ts';

/** An element to be written: its identifier octets and either its content or the elements inside. */
type Piece = { readonly identifier: Uint8Array; readonly length: number; readonly parts: readonly (Piece | Uint8Array)[] };

/** Universal types that DER keeps primitive though BER may cut them into pieces. */
export function isPrimitiveString(tag: number): boolean {
  return tag === TAG.bitString || tag === TAG.octetString || tag === TAG.utf8String || (tag >= 0x12 && tag <= 0x1e && tag !== 0x1d);
}

/**
 * Rewrites one surveyed BER element with definite, minimal lengths and strings in one piece (X.690 §10). The order inside SETs is kept:
 * what must be sorted is sorted where it is hashed. Null when string pieces do not fit together.
 * Recursion is bounded by the depth limit of the survey.
 */
export function toDer(element: Uint8Array): Uint8Array | null {
  const read = readPiece(element, 0, element.length);
  if (read === null) return null;
  const out = new Uint8Array(sizeOf(read.piece));
  writePiece(read.piece, out, 0);
  return out;
}

function readPiece(bytes: Uint8Array, start: number, limit: number): { piece: Piece; end: number } | null {
  let at = start + 1;
  if ((octetAt(bytes, start) & 0x1f) === 0x1f) while (octetAt(bytes, at++) & 0x80);
  const identifier = bytes.subarray(start, at);
  const first = octetAt(bytes, at++);
  let length = first;
  if (first > 0x80) {
    length = 0;
    for (let i = first & 0x7f; i > 0; i--) length = length * 256 + octetAt(bytes, at++);
  }
  const indefinite = first === 0x80;
  const end = indefinite ? limit : at + length;
  if (!(octetAt(identifier, 0) & 0x20)) return { piece: { identifier, length, parts: [bytes.subarray(at, end)] }, end };
  const parts: Piece[] = [];
  while (at < end) {
    if (indefinite && bytes[at] === 0 && bytes[at + 1] === 0) {
      at += 2;
      break;
    }
    const child = readPiece(bytes, at, end);
    if (child === null) return null;
    parts.push(child.piece);
    at = child.end;
  }
  const tag = octetAt(identifier, 0) & ~0x20;
  const piece = isPrimitiveString(tag) ? joinString(tag, parts) : { identifier, length: lengthOf(parts), parts };
  return piece && { piece, end: at };
}

/** The segments of a string are primitive by now; a BIT STRING may have unused bits only in its last one. */
function joinString(tag: number, segments: readonly Piece[]): Piece | null {
  const parts: Uint8Array[] = [];
  let unused = 0;
  for (const segment of segments) {
    const own = octetAt(segment.identifier, 0);
    if (own !== tag && (tag === TAG.bitString || own !== TAG.octetString)) return null;
    for (const part of segment.parts) {
      if (!(part instanceof Uint8Array)) return null;
      if (tag !== TAG.bitString) parts.push(part);
      else {
        if (unused !== 0 || part.length === 0) return null;
        unused = octetAt(part, 0);
        parts.push(part.subarray(1));
      }
    }
  }
  if (tag === TAG.bitString) parts.unshift(Uint8Array.of(unused));
  return { identifier: Uint8Array.of(tag), length: parts.reduce((sum, part) => sum + part.length, 0), parts };
}

/** The survey has made sure that every octet asked for is there. */
const octetAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const lengthOf = (parts: readonly Piece[]): number => parts.reduce((sum, part) => sum + sizeOf(part), 0);
const lengthOctets = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5;
const sizeOf = (piece: Piece): number => piece.identifier.length + lengthOctets(piece.length) + piece.length;

function writePiece(piece: Piece, out: Uint8Array, start: number): number {
  let at = start;
  out.set(piece.identifier, at);
  at += piece.identifier.length;
  const octets = lengthOctets(piece.length);
  if (octets === 1) out[at++] = piece.length;
  else {
    out[at++] = 0x80 | (octets - 1);
    for (let i = octets - 2; i >= 0; i--) out[at++] = Math.floor(piece.length / 256 ** i) & 0xff;
  }
  for (const part of piece.parts) {
    if (part instanceof Uint8Array) {
      out.set(part, at);
      at += part.length;
    } else at = writePiece(part, out, at);
  }
  return at;
}
