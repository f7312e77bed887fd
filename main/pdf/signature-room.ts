import { fail, ok, type Result } from '../../shared/result.ts';
import type { PdfDict } from './pdf-value.ts';
import { writeDict } from './pdf-value.ts';

/** What a signature covers: everything before and after the room for it. */
export type Covered = readonly [Uint8Array, Uint8Array];

/** Room for what seals a file, in bytes: a chain of three RSA certificates takes about 4 KB, a timestamp as much again. */
const RESERVED_BYTES = 16 * 1024;
const RANGE_DIGITS = 10;
const CONTENTS_ROOM = `/Contents <${'0'.repeat(RESERVED_BYTES * 2)}>`;
/** Found faster than the whole of it; what is filled stands in the last bytes of the file. */
const CONTENTS_START = CONTENTS_ROOM.slice(0, 64);
const RANGE_ROOM = `/ByteRange [0 ${Array(3).fill('0'.repeat(RANGE_DIGITS)).join(' ')}]`;

/** A signature dictionary with room for its byte range and its contents, which are known last. */
export const dictWithRoom = (entries: PdfDict): string => writeDict(entries).replace(/>>$/, `${RANGE_ROOM} ${CONTENTS_ROOM} >>`);

/**
 * Fills the room kept in the newest signature dictionary, in place: the file is not copied, for it may be large.
 * @param make makes what goes into the contents, for everything around it.
 * @returns `certificate-unfit` when it does not fit into the room.
 */
export async function fillRoom(prepared: Uint8Array, make: (covered: Covered) => Promise<Uint8Array>): Promise<Result<Uint8Array>> {
  const bytes = Buffer.from(prepared.buffer, prepared.byteOffset, prepared.length);
  const holeStart = bytes.lastIndexOf(CONTENTS_START, undefined, 'latin1') + '/Contents '.length;
  const holeEnd = holeStart + RESERVED_BYTES * 2 + 2;
  const range = `/ByteRange [0 ${[holeStart, holeEnd, bytes.length - holeEnd].map((n) => String(n).padEnd(RANGE_DIGITS)).join(' ')}]`;
  bytes.write(range, bytes.lastIndexOf(RANGE_ROOM, holeStart, 'latin1'), 'latin1');
  const contents = await make([bytes.subarray(0, holeStart), bytes.subarray(holeEnd)]);
  if (contents.length > RESERVED_BYTES) {
    return fail('certificate-unfit', { reason: 'signature-too-large', bytes: contents.length, reserved: RESERVED_BYTES });
  }
  bytes.write(Buffer.from(contents).toString('hex'), holeStart + 1, 'latin1');
  return ok(prepared);
}
