import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { countPages } from '../../../main/pdf/index.ts';

async function pages(count: number, useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let i = 0; i < count; i++) document.addPage();
  return document.save({ useObjectStreams });
}

/** A file whose page tree is real but whose content is a bomb of nested arrays. */
const bomb = (): Uint8Array => Buffer.from(`%PDF-1.7\n1 0 obj\n${'['.repeat(2_000_000)}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`);

describe('counting pages', () => {
  it('counts the pages of plain and of packed files', async () => {
    expect(await countPages(await pages(1, false))).toBe(1);
    expect(await countPages(await pages(37, true))).toBe(37);
  });

  it('still counts when the cross-reference is broken', async () => {
    const file = Buffer.from(await pages(3, false));
    file.write('startxref\n999999', file.lastIndexOf('startxref'), 'latin1');
    expect(await countPages(file)).toBe(3);
  });

  it('answers null for what is no PDF, is empty or is cut off', async () => {
    const file = await pages(3, true);
    for (const bytes of [new Uint8Array(0), Buffer.from('PK\u0003\u0004'), Buffer.from('%PDF-1.7\n'), file.subarray(0, 60)]) {
      expect(await countPages(bytes)).toBeNull();
    }
  });

  it('answers null for a file that would exhaust the reader', async () => {
    expect(await countPages(bomb())).toBeNull();
  });

  it('leaves the bytes it was given usable', async () => {
    const file = await pages(2, false);
    await countPages(file);
    expect(file.length).toBeGreaterThan(0);
    expect(await countPages(file)).toBe(2);
  });
});
