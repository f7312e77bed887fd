import fs from 'node:fs';
import zlib from 'node:zlib';

const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 5, 6]);
const DIRECTORY_ENTRY = 0x02014b50;

/** The entries of a zip archive (no zip64) by its central directory. */
export function* zipEntries(descriptor, size) {
  const tail = Buffer.alloc(Math.min(size, 66_000));
  fs.readSync(descriptor, tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf(END_OF_DIRECTORY);
  if (end < 0) throw new Error('not a zip archive');
  const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
  fs.readSync(descriptor, directory, 0, directory.length, tail.readUInt32LE(end + 16));
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY;) {
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

/** The whole bytes of one entry. */
export function readEntry(descriptor, entry) {
  const header = Buffer.alloc(30);
  fs.readSync(descriptor, header, 0, 30, entry.offset);
  const raw = Buffer.alloc(entry.compressedSize);
  fs.readSync(descriptor, raw, 0, raw.length, entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28));
  const data = entry.method === 8 ? zlib.inflateRawSync(raw) : raw;
  if (data.length !== entry.size) throw new Error(`wrong length in the archive: ${entry.name}`);
  return data;
}
