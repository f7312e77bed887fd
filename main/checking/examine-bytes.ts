import { activeContentOf } from '../signature/index.ts';

/** What the bytes of a document carry besides what is read. */
export const BYTE_FLAGS = ['encrypted', 'macros', 'active', 'program'] as const;
export type ByteFlag = (typeof BYTE_FLAGS)[number];

const starts = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte);
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** A passphrase that only opens for changing still shows the text. */
const PDF_FLAGS: Readonly<Record<string, ByteFlag>> = {
  ENCRYPTED: 'encrypted',
  JAVASCRIPT: 'active',
  LAUNCH_ACTION: 'active',
  EMBEDDED_FILE: 'active',
  RICH_MEDIA: 'active',
  XFA: 'active',
  EXECUTABLE: 'program',
};

/** By content alone, whatever the name says; nothing is unpacked or run. Sorted. */
export function examineBytes(bytes: Uint8Array): ByteFlag[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = new Set<ByteFlag>();
  if (isProgram(view)) found.add('program');
  if (view.subarray(0, 1024).includes('%PDF-')) for (const flag of activeContentOf(bytes)) if (PDF_FLAGS[flag]) found.add(PDF_FLAGS[flag]);
  if (starts(bytes, OLE)) {
    if (view.includes(wide('EncryptedPackage'))) found.add('encrypted');
    if (view.includes(wide('_VBA_PROJECT')) || view.includes(wide('Macros'))) found.add('macros');
  }
  if (starts(bytes, ZIP)) {
    if (view.includes('vbaProject.bin')) found.add('macros');
    // bit 0 of the general purpose flags of the first entry
    if (((bytes[6] ?? 0) & 1) === 1) found.add('encrypted');
  }
  return [...found].sort();
}

/** A program for Windows (MZ that leads to PE) or for Linux (ELF). */
function isProgram(view: Buffer): boolean {
  if (starts(view, [0x7f, 0x45, 0x4c, 0x46])) return true;
  if (!starts(view, [0x4d, 0x5a]) || view.length < 64) return false;
  const at = view.readUInt32LE(60);
  return at + 4 <= view.length && view.toString('latin1', at, at + 4) === 'PE\0\0';
}
