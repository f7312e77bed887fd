import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { signPdf } from '../../../main/pdf/index.ts';
import { readPdf } from '../../../main/pdf/read-pdf.ts';
import { listSignatures } from '../../../main/pdf/pdf-signatures.ts';
import { pdfJudges } from './pdf-judges.ts';
import { throwawayPki } from './throwaway-pki.ts';

const pki = throwawayPki();
const judges = pdfJudges(pki);
const judge = pki.signer('Серікова Гүлнар', 'rsa');
const second = pki.signer('Әлиева Қаракөз', 'ec');
const SIGNED_AT = '2026-11-21T04:31:07.250Z';

async function onePage(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('Act 1');
  document.addPage([595, 842]).drawText('Act 2');
  return document.save({ useObjectStreams });
}

const sign = (pdf: Uint8Array, signer = judge) =>
  signPdf({
    pdf,
    signer,
    signedAt: SIGNED_AT,
    name: 'Серікова Гүлнар Қайратқызы',
    reason: 'Талап қоюды қабылдау',
    location: 'Астана қаласы',
  });

async function signed(pdf: Uint8Array, signer = judge): Promise<Uint8Array> {
  const result = await sign(pdf, signer);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function qpdf(name: string, pdf: Uint8Array, ...options: string[]): Uint8Array {
  const source = judges.save(`${name}-source.pdf`, pdf);
  const target = join(pki.dir, `${name}.pdf`);
  execFileSync('qpdf', [...options, source, target]);
  return readFileSync(target);
}

describe('signing a PDF', () => {
  const forms: [string, () => Promise<Uint8Array>][] = [
    ['a cross-reference table', () => onePage(false)],
    ['a cross-reference stream and object streams', () => onePage(true)],
    ['a linearized file', async () => qpdf('linear', await onePage(false), '--linearize')],
    [
      'object streams with predictors as qpdf writes them',
      async () => qpdf('objects', await onePage(false), '--object-streams=generate', '--linearize'),
    ],
  ];
  for (const [form, make] of forms) {
    it(`is valid over the whole document with ${form}`, async () => {
      const path = judges.save('signed.pdf', await signed(await make()));
      const report = judges.pdfsig(path);
      expect(report).toContain('Signature is Valid.');
      expect(report).toContain('Certificate is Trusted.');
      expect(report).toContain('Total document signed');
      expect(report).toContain('ETSI.CAdES.detached');
      expect(judges.qpdfFaults(path)).toBe('');
    });
  }

  it('keeps the bytes that were there and names the signer, the reason and the place in Kazakh', async () => {
    const before = await onePage(false);
    const after = await signed(before);
    expect(Buffer.from(after.subarray(0, before.length)).equals(before)).toBe(true);
    const report = judges.pdfsig(judges.save('named.pdf', after));
    expect(report).toContain('Серікова Гүлнар');
    const document = await PDFDocument.load(after);
    const signature = document.getForm().getSignature('Signature1').acroField.dict.lookup(PDFName.of('V'), PDFDict);
    const text = (key: string) => signature.lookup(PDFName.of(key), PDFHexString).decodeText();
    expect([text('Name'), text('Reason'), text('Location'), text('M')]).toEqual([
      'Серікова Гүлнар Қайратқызы',
      'Талап қоюды қабылдау',
      'Астана қаласы',
      'D:20261121043107Z',
    ]);
  });

  it('is a CMS that OpenSSL verifies over the byte range and that claims no signing time', async () => {
    const pdf = await signed(await onePage(false), second);
    const [signature] = listSignatures(readPdf(pdf));
    const [, holeStart, holeEnd] = signature!.byteRange;
    writeFileSync(join(pki.dir, 'content.bin'), Buffer.concat([pdf.subarray(0, holeStart), pdf.subarray(holeEnd)]));
    writeFileSync(join(pki.dir, 'signature.der'), signature!.contents);
    const verify = () =>
      execFileSync(
        'openssl',
        [
          'cms',
          '-verify',
          '-binary',
          '-inform',
          'DER',
          '-in',
          join(pki.dir, 'signature.der'),
          '-content',
          join(pki.dir, 'content.bin'),
          '-CAfile',
          pki.caPem,
          '-cades',
          '-out',
          '/dev/null',
        ],
        { stdio: 'pipe' },
      );
    expect(verify).not.toThrow();
    const printed = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', join(pki.dir, 'signature.der')], {
      encoding: 'utf8',
    });
    expect(printed).not.toContain('signingTime');
    expect(signature!.coversWholeFile).toBe(true);
  });

  it('leaves an earlier signature valid and takes another field name', async () => {
    for (const first of [await onePage(false), await onePage(true)]) {
      const twice = await signed(await signed(first), second);
      const path = judges.save('twice.pdf', twice);
      const report = judges.pdfsig(path);
      expect(report.match(/Signature is Valid\./g)).toHaveLength(2);
      expect(report).toContain('Signature1');
      expect(report).toContain('Signature2');
      expect(judges.qpdfFaults(path)).toBe('');
      expect(listSignatures(readPdf(twice)).map((s) => s.coversWholeFile)).toEqual([false, true]);
    }
  });

  it('adds to a form, to its fields and to annotations that are objects of their own', async () => {
    const document = await PDFDocument.load(await onePage(false));
    const form = document.getForm();
    form.createTextField('Судья.аты').addToPage(document.getPage(0));
    const fields = form.acroForm.dict.lookup(PDFName.of('Fields'), PDFArray);
    form.acroForm.dict.set(PDFName.of('Fields'), document.context.register(fields));
    const page = document.getPage(0).node;
    page.set(PDFName.of('Annots'), document.context.register(page.lookup(PDFName.of('Annots'), PDFArray)));
    const path = judges.save('form.pdf', await signed(await document.save({ useObjectStreams: false })));
    expect(judges.pdfsig(path)).toContain('Signature is Valid.');
    expect(judges.qpdfFaults(path)).toBe('');
    const after = await PDFDocument.load(readFileSync(path));
    expect(
      after
        .getForm()
        .getFields()
        .map((field) => field.getName()),
    ).toEqual(['Судья.аты', 'Signature1']);
    expect(after.getPage(0).node.lookup(PDFName.of('Annots'), PDFArray).size()).toBe(2);
  });

  it('refuses an encrypted, a damaged, an empty and a foreign file', async () => {
    const good = await onePage(false);
    const encrypted = qpdf('encrypted', good, '--encrypt', 'user', 'owner', '256', '--');
    const broken = Buffer.from(good);
    broken.write('startxref\n00007', broken.lastIndexOf('startxref'), 'latin1');
    for (const bad of [encrypted, broken, good.subarray(0, good.length / 2), new Uint8Array(0), Buffer.from('PK\u0003\u0004 no pdf')]) {
      const result = await sign(bad);
      expect(result.ok).toBe(false);
      if (!result.ok) expect(result.error.code).toBe('document-unreadable');
    }
  });

  it('refuses a file whose certification forbids every change', async () => {
    const document = await PDFDocument.load(await signed(await onePage(false)), { updateMetadata: false });
    const signature = document.getForm().getSignature('Signature1').acroField.dict.get(PDFName.of('V'))!;
    const dict = document.context.lookup(signature, PDFDict);
    dict.set(PDFName.of('Reference'), document.context.obj([{ TransformMethod: 'DocMDP', TransformParams: { P: 1 } }]));
    document.catalog.set(PDFName.of('Perms'), document.context.obj({ DocMDP: signature }));
    const result = await sign(await document.save({ useObjectStreams: false }));
    expect(result).toMatchObject({ ok: false, error: { code: 'format-unsupported' } });
  });

  it('fails loudly when the certificates outgrow the room kept for the signature', async () => {
    const result = await sign(await onePage(false), { ...judge, chain: Array(20).fill(judge.certificate) });
    expect(result).toMatchObject({ ok: false, error: { code: 'certificate-unfit', params: { reserved: 16384 } } });
  });

  it('passes on what the key says', async () => {
    const refused = { ...judge, sign: () => Promise.reject(new Error('token removed')) };
    await expect(sign(await onePage(false), refused)).rejects.toThrow('token removed');
  });
});
