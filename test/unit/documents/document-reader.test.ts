import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createDocumentReader } from '../../../main/documents/index.ts';
import { READING_LIMITS } from '../../../main/documents/reading-limits.ts';
import { cell, paragraph, writeArchive, writeDocx, writeXlsx } from '../../support/documents/write-office.ts';
import { writeTextPdf } from '../../support/documents/write-text-pdf.ts';
import { PAGE, writePdf } from '../../support/raw-pdf.ts';

const ENTRY = path.resolve('main/documents/worker/process.ts');
const reader = createDocumentReader(ENTRY);
afterAll(() => reader.close());

const bytes = (buffer: Uint8Array): Uint8Array => Uint8Array.from(buffer);
const bomb = (size: number): Buffer => {
  const content = deflateSync(Buffer.alloc(size, '(a) Tj '), { level: 9 });
  const packed = deflateSync(content, { level: 9 });
  return writePdf({
    ...PAGE,
    4: `<< /Filter [/FlateDecode /FlateDecode] /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream`,
  });
};

describe('the text of a document', () => {
  it('is read from a PDF page by page with the Kazakh letters', async () => {
    const answer = await reader.text('pdf', bytes(await writeTextPdf(['Әділет Қуанышұлы Ғалымжанов', 'Сомасы 1 234 567,50 теңге', ''])));
    expect(answer).toEqual({
      ok: true,
      value: {
        pages: [
          { page: 1, text: 'Әділет Қуанышұлы Ғалымжанов' },
          { page: 2, text: 'Сомасы 1 234 567,50 теңге' },
        ],
        cut: false,
      },
    });
  });

  it('is read from a text document and, sheet by sheet, from a workbook', async () => {
    const table = `<w:tbl><w:tr><w:tc>${paragraph('Борыш')}</w:tc><w:tc>${paragraph('500')}</w:tc></w:tr></w:tbl>`;
    expect(await reader.text('office', bytes(writeDocx(paragraph('Талап қою') + table)))).toEqual({
      ok: true,
      value: { pages: [{ page: 1, text: 'Талап қою\nБорыш\t500' }], cut: false },
    });
    const book = writeXlsx({
      Есеп: `<row r="1">${cell('A1', 'Төлем')}<c r="B1"><v>1500.5</v></c></row>`,
      Бос: '',
    });
    expect(await reader.text('office', bytes(book))).toEqual({
      ok: true,
      value: {
        pages: [
          { page: 1, text: 'Есеп\nТөлем\t1500.5' },
          { page: 2, text: 'Бос' },
        ],
        cut: false,
      },
    });
  });

  it('is read from plain text in the encodings that offices write', async () => {
    const text = 'Талап қою арызы';
    for (const encoded of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`\ufeff${text}`)])
      expect(await reader.text('text', bytes(encoded))).toMatchObject({ ok: true, value: { pages: [{ page: 1, text }] } });
    expect(await reader.text('text', bytes(Buffer.from('c8f1ea', 'hex')))).toMatchObject({ value: { pages: [{ text: 'Иск' }] } });
  });
});

describe('a hostile or useless document', () => {
  const refused = async (type: 'pdf' | 'office', file: Uint8Array) => {
    const answer = await reader.text(type, bytes(file));
    // the thread, or a new one in its place, goes on with the next document
    expect(await reader.text('text', bytes(Buffer.from('next')))).toMatchObject({ ok: true });
    return answer.ok ? 'read' : answer.reason;
  };

  it('that unpacks to more than the limit is left, whatever size it claims', async () => {
    const zeros = Buffer.alloc(80 * 1024 * 1024, ' ');
    const parts = [{ name: 'word/document.xml', content: zeros, claims: 100 }];
    expect(await refused('office', writeArchive(parts))).toBe('limit-inflated');
    const many = Array.from({ length: 30 }, (_, i) => ({ name: `word/p${i}.xml`, content: zeros.subarray(0, 4 * 1024 * 1024) }));
    expect(await refused('office', writeArchive(many))).toBe('limit-inflated');
  });

  it('that defines entities is left, in every encoding', async () => {
    const entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>';
    for (const content of [Buffer.from(entities), Buffer.from(`\ufeff${entities}`, 'utf16le')])
      expect(await refused('office', writeArchive([{ name: 'word/document.xml', content }]))).toBe('entities');
  });

  it('of ten thousand sheets or parts is left', async () => {
    const sheets = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`s${i}`, '']));
    expect(await refused('office', writeXlsx(sheets))).toBe('limit-parts');
    const named = Array.from({ length: 10_000 }, (_, i) => `<sheet name="s${i}" sheetId="${i}"/>`).join('');
    const book = writeArchive([{ name: 'xl/workbook.xml', content: `<workbook><sheets>${named}</sheets></workbook>` }]);
    expect(await refused('office', book)).toBe('limit-parts');
  });

  it('of a PDF whose page unpacks without end costs the thread at most', async () => {
    const impatient = createDocumentReader(ENTRY, { ...READING_LIMITS, timeoutMs: 4_000 });
    const answer = await impatient.text('pdf', bytes(bomb(600 * 1024 * 1024)));
    expect(answer.ok ? 'read' : answer.reason).toMatch(/^limit-(time|memory)$/);
    expect(await impatient.text('text', bytes(Buffer.from('next')))).toMatchObject({ ok: true });
    await impatient.close();
  });

  it('that is encrypted, of an old format, foreign or damaged says so', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    expect(await refused('office', ole)).toBe('old-format');
    expect(await refused('office', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]))).toBe('encrypted');
    expect(await refused('office', writeArchive([{ name: 'ppt/presentation.xml', content: '<p/>' }]))).toBe('unsupported');
    expect(await refused('office', Buffer.from('PK\x03\x04 and nothing more'))).toBe('malformed');
    expect(await refused('office', writeDocx(paragraph('x')).subarray(0, 200))).toBe('malformed');
    expect(await refused('office', writeDocx('<w:p><w:r>'))).toBe('malformed');
    expect(await refused('pdf', Buffer.from('%PDF-1.7\nnothing of it'))).toBe('malformed');
  });

  it('is given up when the desk is closed', async () => {
    const closing = createDocumentReader(ENTRY);
    const under = closing.text('text', bytes(Buffer.from('text')));
    await closing.close();
    expect(await under).toEqual({ ok: false, reason: 'stopped' });
    expect(await closing.text('text', bytes(Buffer.from('text')))).toEqual({ ok: false, reason: 'stopped' });
  });
});
