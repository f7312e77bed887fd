import { createHash } from 'node:crypto';
import type { PdfRef, PdfValue } from './pdf-value.ts';
import { nameValue, numberValue, writeDict } from './pdf-value.ts';
import type { PdfFile } from './read-pdf.ts';

type Place = { readonly number: number; readonly offset: number; readonly generation: number };

const IDENTIFYING_BYTES = 8 * 1024;

/** New and changed objects that are appended to a file whose own bytes stay as they are (ISO 32000-1 §7.5.6). */
export class IncrementalUpdate {
  private readonly file: PdfFile;
  private readonly objects = new Map<number, { readonly generation: number; readonly body: string }>();
  private next: number;

  constructor(file: PdfFile) {
    this.file = file;
    this.next = file.size;
  }

  add(body: string): PdfRef {
    const number = this.next++;
    this.objects.set(number, { generation: 0, body });
    return { kind: 'ref', number, generation: 0 };
  }

  replace(ref: PdfRef, body: string): void {
    this.objects.set(ref.number, { generation: ref.generation, body });
  }

  /**
   * The whole file with the update, its cross-reference written in the way of the section before it.
   * @param when what tells this update from others of the same file, such as its time: the second half of the file identifier comes of that, the length
   * and the end of the file, where its own identifier and places are.
   */
  write(when: string): Uint8Array {
    const { bytes } = this.file;
    const end = bytes.subarray(-IDENTIFYING_BYTES);
    const idHex = createHash('sha256').update(`${bytes.length} ${when} `).update(end).digest('hex').slice(0, 32);
    const last = bytes.at(-1);
    const parts: Buffer[] = [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)];
    let length = bytes.length;
    const push = (text: string): void => {
      const part = Buffer.from(text, 'latin1');
      parts.push(part);
      length += part.length;
    };
    if (last !== 10 && last !== 13) push('\n');
    const places: Place[] = [];
    for (const [number, { generation, body }] of [...this.objects].sort(([a], [b]) => a - b)) {
      places.push({ number, offset: length, generation });
      push(`${number} ${generation} obj\n${body}\nendobj\n`);
    }
    const start = length;
    if (this.file.sectionKind === 'stream') {
      // A cross-reference stream is an object itself and lists itself.
      push(this.xrefStream([...places, { number: this.next, offset: start, generation: 0 }], idHex));
    } else push(this.xrefTable(places, idHex));
    push(`startxref\n${start}\n%%EOF\n`);
    return Buffer.concat(parts);
  }

  private trailer(size: number, idHex: string): Map<string, PdfValue> {
    const { trailer, startXref } = this.file;
    const entries = new Map<string, PdfValue>([['Size', numberValue(size)]]);
    for (const key of ['Root', 'Info']) {
      const value = trailer.get(key);
      if (value) entries.set(key, value);
    }
    const id = this.file.array(trailer.get('ID'))?.[0];
    if (id) {
      const own: PdfValue = { kind: 'string', raw: `<${idHex}>`, bytes: Buffer.from(idHex, 'hex'), start: 0, end: 0 };
      entries.set('ID', { kind: 'array', items: [id, own] });
    }
    entries.set('Prev', numberValue(startXref));
    return entries;
  }

  private xrefTable(places: readonly Place[], idHex: string): string {
    const sections = runs(places).map(({ first, members }) => {
      const lines = members.map(
        ({ offset, generation }) => `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`,
      );
      return `${first} ${members.length}\n${lines.join('')}`;
    });
    return `xref\n${sections.join('')}trailer\n${writeDict(this.trailer(this.next, idHex))}\n`;
  }

  private xrefStream(places: readonly Place[], idHex: string): string {
    const number = this.next;
    const data = Buffer.alloc(places.length * 8);
    places.forEach(({ offset, generation }, i) => {
      data.writeUInt8(1, i * 8);
      data.writeUIntBE(offset, i * 8 + 1, 5);
      data.writeUInt16BE(generation, i * 8 + 6);
    });
    const index = runs(places).flatMap(({ first, members }) => [first, members.length]);
    const entries = new Map<string, PdfValue>([
      ['Type', nameValue('XRef')],
      ...this.trailer(number + 1, idHex),
      ['W', { kind: 'array', items: [1, 5, 2].map(numberValue) }],
      ['Index', { kind: 'array', items: index.map(numberValue) }],
      ['Length', numberValue(data.length)],
    ]);
    return `${number} 0 obj\n${writeDict(entries)}\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`;
  }
}

/** Places, in the order of their numbers, in groups of neighbouring numbers. */
function runs(places: readonly Place[]): { first: number; members: Place[] }[] {
  const found: { first: number; members: Place[] }[] = [];
  for (const place of places) {
    const last = found.at(-1);
    if (last && last.first + last.members.length === place.number) last.members.push(place);
    else found.push({ first: place.number, members: [place] });
  }
  return found;
}
