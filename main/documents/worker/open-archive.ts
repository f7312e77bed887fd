import { crc32, inflateRawSync } from 'node:zlib';
import { MAX_INFLATED_BYTES, MAX_PARTS } from '../reading-limits.ts';
import { Unreadable } from './unreadable.ts';

/** The XML parts of an OOXML file, unpacked within the limits, and the names of everything that lies beside them. */
export type Archive = { readonly names: readonly string[]; readonly xml: ReadonlyMap<string, Buffer> };

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** Where the end record may begin: 22 bytes and a comment of 64 KiB before the end. */
const END_SEARCH = 22 + 0xffff;
const XML = /\.(xml|rels)$/i;
const DECLARATION = /<!(DOCTYPE|ENTITY)/i;

/**
 * Reads the central directory and unpacks the XML parts; pictures, programs and embedded files stay packed. The output is counted while it is
 * unpacked, whatever the sizes in the file say. A document type declaration, which OOXML forbids, could define entities that grow.
 * Throws Unreadable: `malformed`, `encrypted`, `limit-parts`, `limit-inflated`, `entities`.
 */
export function openArchive(bytes: Buffer): Archive {
  const end = bytes.subarray(Math.max(0, bytes.length - END_SEARCH)).lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const at = end < 0 ? -1 : Math.max(0, bytes.length - END_SEARCH) + end;
  if (at < 0 || at + 22 > bytes.length || bytes.readUInt32LE(at) !== END) throw new Unreadable('malformed');
  const count = bytes.readUInt16LE(at + 10);
  if (count > MAX_PARTS) throw new Unreadable('limit-parts');
  let offset = bytes.readUInt32LE(at + 16);
  let left = MAX_INFLATED_BYTES;
  const names: string[] = [];
  const xml = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    const entry = readEntry(bytes, offset);
    offset = entry.next;
    names.push(entry.name);
    if (!XML.test(entry.name)) continue;
    const part = inflate(bytes, entry, left);
    left -= part.length;
    if (DECLARATION.test(asText(part))) throw new Unreadable('entities');
    xml.set(entry.name, part);
  }
  return { names, xml };
}

type Entry = { name: string; method: number; packed: number; start: number; next: number };

function readEntry(bytes: Buffer, at: number): Entry {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new Unreadable('malformed');
  if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new Unreadable('encrypted');
  const nameLength = bytes.readUInt16LE(at + 28);
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  const local = bytes.readUInt32LE(at + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) throw new Unreadable('malformed');
  return {
    name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
    method: bytes.readUInt16LE(at + 10),
    packed: bytes.readUInt32LE(at + 20),
    start: local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28),
    next,
  };
}

function inflate(bytes: Buffer, { method, packed, start }: Entry, left: number): Buffer {
  const data = bytes.subarray(start, start + packed);
  if (data.length < packed) throw new Unreadable('malformed');
  if (method === STORED) {
    if (data.length > left) throw new Unreadable('limit-inflated');
    return data;
  }
  if (method !== DEFLATED) throw new Unreadable('malformed');
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    throw new Unreadable((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'limit-inflated' : 'malformed');
  }
}

/** XML may be written in UTF-16, where the letters of a declaration stand apart. */
function asText(part: Buffer): string {
  const head = part.subarray(0, 4096).toString('latin1').replaceAll('\0', '');
  return head.slice(0, 2) === 'ÿþ' || head.slice(0, 2) === 'þÿ' ? part.toString('latin1').replaceAll('\0', '') : part.toString('latin1');
}

/** The XML parts as an archive of stored parts: the libraries that read it get nothing that was not counted. */
export function packStored(xml: ReadonlyMap<string, Buffer>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, part] of xml) {
    const encoded = Buffer.from(name, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt32LE(crc32(part), 10);
    facts.writeUInt32LE(part.length, 14);
    facts.writeUInt32LE(part.length, 18);
    facts.writeUInt16LE(encoded.length, 22);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), facts, encoded, part);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, encoded);
    offset += 30 + encoded.length + part.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(xml.size, 8);
  end.writeUInt16LE(xml.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
