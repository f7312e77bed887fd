import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PdfSyntaxError } from '../../../main/pdf/pdf-value.ts';
import { readPdf } from '../../../main/pdf/read-pdf.ts';

/** A file of the given objects with a right cross-reference table. */
function file(objects: readonly string[], trailer = '/Root 1 0 R'): Buffer {
  let text = '%PDF-1.7\n';
  const places = objects.map((body, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';

function refused(bytes: Uint8Array): void {
  expect(() => {
    const opened = readPdf(bytes);
    opened.resolve(opened.trailer.get('Root'));
  }).toThrow(PdfSyntaxError);
}

/** A file whose only cross-reference is a stream with these entries and data. */
function xrefStreamFile(entries: string, data: Buffer): Buffer {
  const packed = deflateSync(data);
  const head = Buffer.from(
    `%PDF-1.7\n9 0 obj\n<< /Type /XRef /Root 1 0 R /Length ${packed.length} /Filter /FlateDecode ${entries} >>\nstream\n`,
  );
  return Buffer.concat([head, packed, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
}

describe('reading the skeleton of a PDF', () => {
  it('keeps strings, names and numbers in their own spelling and reads what they mean', () => {
    const opened = readPdf(
      file([
        String.raw`<< /A#42 (a\(b\)\101\
c) /N -.50 /H <48 6> /R 2 0 R /L [1 0 R true null] >>`,
        '(two)',
      ]),
    );
    const dict = opened.dict(opened.trailer.get('Root'));
    expect(dict?.get('AB')).toMatchObject({ kind: 'string', bytes: Uint8Array.from(Buffer.from('a(b)Ac')) });
    expect(dict?.get('N')).toMatchObject({ raw: '-.50', value: -0.5 });
    expect(Buffer.from((dict?.get('H') as { bytes: Uint8Array }).bytes).toString('latin1')).toBe('H`');
    expect(opened.resolve(dict?.get('R'))).toMatchObject({ raw: '(two)' });
    expect(opened.array(dict?.get('L'))).toHaveLength(3);
  });

  it('takes a reference to nothing as null', () => {
    const opened = readPdf(file([CATALOG]));
    expect(opened.resolve({ kind: 'ref', number: 77, generation: 0 })).toEqual({ kind: 'word', raw: 'null' });
  });

  it('refuses a file that says two things at once', () => refused(file(['<< /Type /Catalog /Pages 2 0 R /Pages 3 0 R >>'])));

  it('refuses references and cross-references that go in a circle', () => {
    refused(file(['1 0 R']));
    const loop = file([CATALOG]).toString('latin1');
    refused(Buffer.from(loop.replace('/Root 1 0 R', `/Root 1 0 R /Prev ${loop.indexOf('xref\n')}`), 'latin1'));
  });

  it('refuses an object that is not where the cross-reference says', () => {
    refused(Buffer.from(file([CATALOG]).toString('latin1').replace('0000000009', '0000000010'), 'latin1'));
  });

  it('refuses values nested without end and strings that never close', () => {
    refused(file(['['.repeat(100_000)]));
    refused(file(['(never closed']));
    refused(file(['<48']));
  });

  it('refuses cross-reference streams that say nothing at great length', () => {
    refused(xrefStreamFile('/W [0 0 0] /Index [0 9007199254740991] /Size 9', Buffer.from([0])));
    refused(xrefStreamFile('/W [1 9 1] /Size 9', Buffer.alloc(99)));
    refused(xrefStreamFile('/W [1 2 1] /Index [-4 9] /Size 9', Buffer.alloc(40)));
  });

  it('refuses a stream that unpacks to more than any skeleton needs', () => {
    refused(xrefStreamFile('/W [1 2 1] /Size 9', Buffer.alloc(80 * 1024 * 1024)));
  });

  it('refuses what is encrypted', () => refused(file([CATALOG], '/Root 1 0 R /Encrypt 2 0 R')));
});
