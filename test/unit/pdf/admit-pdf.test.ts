import { describe, expect, it } from 'vitest';
import { PDFDocument } from 'pdf-lib';
import { admitPdf } from '../../../main/pdf/index.ts';
import { appendRevision, PAGE, writePdf, type Objects } from '../../support/raw-pdf.ts';

const CATALOG = '<< /Type /Catalog /Pages 2 0 R';
const withCatalog = (more: string, objects: Objects = {}) => writePdf({ ...PAGE, ...objects, 1: `${CATALOG} ${more} >>` });

describe('a PDF that is to become an act', () => {
  it('is taken with its pages when it shows and does nothing else', async () => {
    expect(await admitPdf(writePdf(PAGE))).toEqual({ ok: true, value: { pages: 1 } });
    const made = await PDFDocument.create();
    for (let n = 0; n < 3; n++) made.addPage();
    expect(await admitPdf(await made.save())).toEqual({ ok: true, value: { pages: 3 } });
    expect(await admitPdf(withCatalog('/OpenAction [3 0 R /Fit]')), 'a place to open at runs nothing').toMatchObject({ ok: true });
    const link = '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://sot.kz) >> >>';
    const page = PAGE[3]!.replace('/Contents', '/Annots [7 0 R] /Contents');
    expect(await admitPdf(writePdf({ ...PAGE, 3: page, 7: link }))).toMatchObject({ ok: true });
  });

  it.each([
    ['a script that runs on opening', withCatalog('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>')],
    ['a script by its name', withCatalog('/Names << /JavaScript << /Names [(a) 7 0 R] >> >>', { 7: '<< /S /JavaScript /JS (1) >>' })],
    ['a program to start', withCatalog('/OpenAction 7 0 R', { 7: '<< /S /Launch /F (calc.exe) >>' })],
    ['an attached file', withCatalog('/Names << /EmbeddedFiles << /Names [] >> >>')],
    ['a form that is a program', withCatalog('/AcroForm << /XFA 7 0 R /Fields [] >>', { 7: '<< /Length 0 >>\nstream\n\nendstream' })],
    ['something to do when a page is shown', writePdf({ ...PAGE, 3: PAGE[3]!.replace('/Contents', '/AA << /O << >> >> /Contents') })],
    ['a form that sends itself', withCatalog('/OpenAction << /S /SubmitForm /F (http://x) >>')],
    ['a script that a later revision brought', appendRevision(writePdf(PAGE), { 1: `${CATALOG} /OpenAction << /S /JavaScript >> >>` })],
  ])('is refused with %s', async (_, bytes) => {
    expect(await admitPdf(bytes)).toMatchObject({ ok: false, error: { code: 'pdf-active' } });
  });

  it('is refused when it is encrypted, signed already, damaged or no PDF', async () => {
    const encrypted = appendRevision(writePdf(PAGE), { 4: PAGE[4]! }, { trailer: '/Encrypt << /Filter /Standard >>' });
    expect(await admitPdf(encrypted)).toMatchObject({ error: { code: 'pdf-encrypted' } });
    const signature = '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>';
    const signed = writePdf({
      ...PAGE,
      6: '<< /Fields [7 0 R] /SigFlags 3 >>',
      7: '<< /FT /Sig /T (s) /V 8 0 R >>',
      8: signature,
    });
    expect(await admitPdf(signed)).toMatchObject({ error: { code: 'pdf-signed' } });
    const whole = writePdf(PAGE);
    for (const bytes of [whole.subarray(0, whole.length - 60), Buffer.from('%PDF-1.7\n'), Buffer.from('PK\u0003\u0004'), Buffer.alloc(0)])
      expect(await admitPdf(bytes)).toMatchObject({ error: { code: 'document-unreadable' } });
  });
});
