import fs from 'node:fs';

/** Writes a flat asar archive of text files. */
export function writeAsar(file, texts) {
  const files = {};
  const chunks = [];
  let offset = 0;
  for (const [name, text] of Object.entries(texts)) {
    const bytes = Buffer.from(text);
    files[name] = { size: bytes.length, offset: String(offset) };
    offset += bytes.length;
    chunks.push(bytes);
  }
  const index = Buffer.from(JSON.stringify({ files }));
  const padding = (4 - (index.length % 4)) % 4;
  const head = Buffer.alloc(16);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(8 + index.length + padding, 4);
  head.writeUInt32LE(4 + index.length + padding, 8);
  head.writeUInt32LE(index.length, 12);
  fs.writeFileSync(file, Buffer.concat([head, index, Buffer.alloc(padding), ...chunks]));
}
