import fs from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

/** As much of POSIX ustar as a database folder needs: plain files and folders with short names. */
const BLOCK = 512;
const FOLDER = '5';
const FILE = '0';

export function packFolder(folder: string): Buffer<ArrayBuffer> {
  const parts: Buffer[] = [];
  const walk = (inside: string) => {
    for (const entry of fs.readdirSync(path.join(folder, inside), { withFileTypes: true })) {
      const name = `${inside}/${entry.name}`;
      if (entry.isDirectory()) {
        parts.push(header(name, 0, FOLDER));
        walk(name);
      } else {
        const bytes = fs.readFileSync(path.join(folder, name));
        parts.push(header(name, bytes.length, FILE), bytes, Buffer.alloc(padding(bytes.length)));
      }
    }
  };
  walk('');
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** Writes the files into a new folder, and onto the disk. */
export async function unpackFolder(tar: Buffer, folder: string): Promise<void> {
  fs.mkdirSync(folder, { mode: 0o700 });
  const text = (from: number, length: number) => tar.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  const files: string[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const target = path.join(folder, path.join('/', text(at, 100)));
    const size = parseInt(text(at + 124, 12), 8);
    const begin = at + BLOCK;
    if (text(at + 156, 1) === FOLDER) fs.mkdirSync(target, { mode: 0o700 });
    else {
      fs.writeFileSync(target, tar.subarray(begin, begin + size), { mode: 0o600, flag: 'wx' });
      files.push(target);
    }
    at = begin + size + padding(size);
  }
  await Promise.all(files.map(syncFile)); // side by side, so that the disk can take them together
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

function header(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error('a name is too long for this archive');
  block.write(name, 0);
  block.write(type === FOLDER ? '0000700\0' : '0000600\0', 100);
  block.write('0000000\0'.repeat(2), 108);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write(' '.repeat(8), 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}
