import type { PdfRef, PdfValue } from './pdf-value.ts';
import { nameValue, numberValue, writeDict } from './pdf-value.ts';
import type { PdfFile } from './read-pdf.ts';

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
   * @param idHex the second half of the file identifier: 32 hexadecimal digits, other for every update.
   */
  write(idHex: string): Uint8Array {
    const { bytes } = this.file;
    const last = bytes.at(-1);
    const parts: Buffer[] = [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)];
    let length = bytes.length;
    const push = (text: string): void => {
      const part = Buffer.from(text, 'latin1');
      parts.push(part);
      length += part.length;
    };
    if (last !== 10 && last !== 13) push('\n');
    const places = new Map<number, { offset: number; generation: number }>();
    for (const [number, { generation, body }] of [...this.objects].sort(([a], [b]) => a - b)) {
      places.set(number, { offset: length, generation });
      push(`${number} ${generation} obj\n${body}\nendobj\n`);
    }
    const start = length;
    const asStream = this.file.sectionKind === 'stream';
    if (asStream) {
      const number = this.next;
      places.set(number, { offset: start, generation: 0 });
      push(this.xrefStream(number, places, idHex));
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
    if (id)
      entries.set('ID', {
        kind: 'array',
        items: [id, { kind: 'string', raw: `<${idHex}>`, bytes: Buffer.from(idHex, 'hex'), start: 0, end: 0 }],
      });
    entries.set('Prev', numberValue(startXref));
    return entries;
  }

  private xrefTable(places: ReadonlyMap<number, { offset: number; generation: number }>, idHex: string): string {
    const sections = runs([...places.keys()]).map(([first, count]) => {
      const lines = Array.from({ length: count }, (_, i) => {
        const { offset, generation } = places.get(first + i)!;
        return `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;
      });
      return `${first} ${count}\n${lines.join('')}`;
    });
    return `xref\n${sections.join('')}trailer\n${writeDict(this.trailer(this.next, idHex))}\n`;
  }

  private xrefStream(number: number, places: ReadonlyMap<number, { offset: number; generation: number }>, idHex: string): string {
    const numbers = [...places.keys()].sort((a, b) => a - b);
    const data = Buffer.alloc(numbers.length * 8);
    numbers.forEach((n, i) => {
      const { offset, generation } = places.get(n)!;
      data.writeUInt8(1, i * 8);
      data.writeUIntBE(offset, i * 8 + 1, 5);
      data.writeUInt16BE(generation, i * 8 + 6);
    });
    const entries = new Map<string, PdfValue>([
      ['Type', nameValue('XRef')],
      ...this.trailer(number + 1, idHex),
      ['W', { kind: 'array', items: [1, 5, 2].map(numberValue) }],
      ['Index', { kind: 'array', items: runs(numbers).flat().map(numberValue) }],
      ['Length', numberValue(data.length)],
    ]);
    return `${number} 0 obj\n${writeDict(entries)}\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`;
  }
}

/** Neighbouring numbers as `[first, count]`. */
function runs(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === number) last[1]++;
    else found.push([number, 1]);
  }
  return found;
}
