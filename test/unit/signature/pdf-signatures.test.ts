import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PDFDocument } from 'pdf-lib';
import { signPdf } from '../../../main/pdf/index.ts';
import { AT, issue, keyOf, standardHierarchy, writeTemporary } from '../../support/openssl-pki.ts';
import { appendRevision, PAGE, signPdfByOpenssl, stream, writePdf } from '../../support/raw-pdf.ts';
import { conclusionOf, reasonOf, verify } from '../../support/verify-signature.ts';

const { person, authority } = standardHierarchy();
const second = issue({ subject: '/CN=СУДЬЯ/serialNumber=IIN870131400019/C=KZ', key: keyOf('second'), issuer: authority });
const plain = writePdf(PAGE);
const signed = signPdfByOpenssl(plain, { signer: person, field: 7 });
const signedTwice = signPdfByOpenssl(signed, { signer: second, field: 9 });
const pdf = (bytes: Uint8Array) => verify(bytes, { file: 'claim.pdf' });
const hasPoppler = spawnSync('pdfsig', ['-v']).status === 0;

describe('a signed PDF', () => {
  it('is valid and covers the whole file', async () => {
    const report = await pdf(signed);
    expect(report).toMatchObject({ file: 'claim.pdf', format: 'pades', overall: 'valid', flags: [] });
    expect(report.signatures).toMatchObject([
      { id: 'S1', covers: 'whole', timeSource: 'claimed', bestTime: AT, signer: { commonName: 'ТЕСТОВ ТЕСТ' }, warnings: [] },
    ]);
  });

  it('of our own making is valid, its time claimed by the dictionary', async () => {
    const signer = {
      certificate: person.der,
      chain: [authority.der],
      algorithm: 'RSA-SHA256' as const,
      sign: async (bytes: Uint8Array) => new Uint8Array(sign('sha256', bytes, createPrivateKey(readFileSync(person.key)))),
    };
    const own = await signPdf({ pdf: plain, signer, signedAt: '2026-06-01T07:00:00Z', name: 'ТЕСТОВ ТЕСТ', reason: null, location: null });
    const report = await verify(own.ok ? own.value : plain, { policy: 'ades-strict' });
    expect(report.signatures).toMatchObject([
      { verdict: 'valid', covers: 'whole', claimedTime: '2026-06-01T07:00:00Z', timeSource: 'claimed' },
    ]);
  });

  it('passes the strict policies too, and adbe.pkcs7.detached is read', async () => {
    for (const policy of ['court-default', 'ades-strict']) expect((await verify(signed, { policy })).overall).toBe('valid');
    expect((await pdf(signPdfByOpenssl(plain, { signer: person, field: 7, subFilter: 'adbe.pkcs7.detached' }))).overall).toBe('valid');
  });

  it('twice: the first signature keeps its revision, a further signature does not harm it', async () => {
    const report = await pdf(signedTwice);
    expect(report.overall).toBe('valid');
    expect(report.signatures.map(({ id, covers, signer }) => [id, covers, signer?.commonName])).toEqual([
      ['S1', 'partial', 'ТЕСТОВ ТЕСТ'],
      ['S2', 'whole', 'СУДЬЯ'],
    ]);
  });

  it.skipIf(!hasPoppler)('is read the same way by poppler', () => {
    const said = execFileSync('pdfsig', ['-nocert', writeTemporary('two.pdf', signedTwice)]).toString();
    expect(said.match(/Signature is Valid/g)).toHaveLength(2);
    expect(said).toMatch(/Not total document signed[\s\S]*Total document signed/);
  });

  it('with a changed byte is invalid', async () => {
    const changed = Buffer.from(signed);
    changed.write('9', changed.indexOf('1 000 000'), 'latin1');
    expect((await pdf(changed)).signatures.map(conclusionOf)).toEqual(['TOTAL-FAILED/HASH_FAILURE']);
  });

  it('with blanks after its end still covers the whole file', async () => {
    expect((await pdf(Buffer.concat([signed, Buffer.from('\r\n\0')]))).signatures).toMatchObject([{ verdict: 'valid', covers: 'whole' }]);
  });

  it('may receive validation data and a document timestamp', async () => {
    const withData = appendRevision(signed, {
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS 20 0 R >>',
      20: '<< /Certs [21 0 R] /VRI << >> >>',
      21: stream('certificate'),
    });
    const data = await pdf(withData);
    expect(data.signatures.map(conclusionOf)).toEqual(['TOTAL-PASSED']);
    const stamped = signPdfByOpenssl(withData, { signer: second, field: 30, subFilter: 'ETSI.RFC3161' });
    const report = await pdf(stamped);
    expect(report.signatures).toHaveLength(1);
    expect(report.signatures[0]).toMatchObject({
      verdict: 'valid',
      covers: 'partial',
      level: 'B',
      timeSource: 'claimed',
      warnings: ['TIMESTAMP_NOT_TRUSTED'],
    });
  });

  it('may be given the name and the time of the program that saved it, but no title', async () => {
    const informed = async (information: string) =>
      (await pdf(appendRevision(signed, { 61: information }, { trailer: '/Info 61 0 R' }))).signatures.map(conclusionOf);
    expect(await informed('<< /Producer (Signer) /ModDate (D:20260601120000Z) >>')).toEqual(['TOTAL-PASSED']);
    expect(await informed('<< /Title (Another claim) >>')).toEqual(['TOTAL-FAILED/FORMAT_FAILURE']);
  });

  it('may have the dates in its metadata renewed by who signs next, and nothing else of them', async () => {
    const catalog = PAGE[1]!.replace(' >>', ' /Metadata 60 0 R >>');
    const metadata = (title: string, date: string, id: string) =>
      stream(
        `<?xpacket begin="" id="x"?><rdf:Description xmp:MetadataDate="${date}"><xmp:ModifyDate>${date}</xmp:ModifyDate>` +
          `<xmpMM:InstanceID>uuid:${id}</xmpMM:InstanceID><dc:title>${title}</dc:title></rdf:Description><?xpacket end="w"?>`,
        '/Type /Metadata /Subtype /XML',
      );
    const first = signPdfByOpenssl(writePdf({ ...PAGE, 1: catalog, 60: metadata('Claim', '2026-06-01T12:00:00+05:00', 'a-1') }), {
      signer: person,
      field: 7,
    });
    const next = async (renewed: string) =>
      (await pdf(signPdfByOpenssl(first, { signer: second, field: 9, objects: { 60: renewed } }))).signatures.map(conclusionOf);
    expect(await next(metadata('Claim', '2026-06-02T12:00:00Z', 'b-2'))).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
    const forbidden = ['TOTAL-FAILED/FORMAT_FAILURE', 'TOTAL-PASSED'];
    expect(await next(metadata('Another claim', '2026-06-02T12:00:00Z', 'b-2'))).toEqual(forbidden);
    expect(await next(metadata('Claim', '0 0 595 842 re f', 'b-2'))).toEqual(forbidden);
  });

  it('with object streams and cross-reference streams is read too', async () => {
    const document = await PDFDocument.create();
    document.addPage([300, 300]);
    const packed = Buffer.from(await document.save({ useObjectStreams: true }));
    expect(packed.includes('/ObjStm')).toBe(true);
    expect(await pdf(packed)).toMatchObject({ format: 'none', overall: 'unsigned', flags: [] });
  });

  it('that nobody signed is unsigned', async () => {
    expect(await pdf(plain)).toMatchObject({ format: 'none', overall: 'unsigned', flags: [], signatures: [] });
  });

  it('an attachment with a signature of its own is not taken for a signature of the file', async () => {
    const carrier = writePdf({ ...PAGE, 8: stream(signed.toString('latin1'), '/Type /EmbeddedFile') });
    expect(await pdf(carrier)).toMatchObject({ overall: 'unsigned', flags: ['EMBEDDED_FILE'] });
  });
});

describe('the message inside a PDF', () => {
  const withMessage = (message: (cms: Buffer) => Buffer) => pdf(signPdfByOpenssl(plain, { signer: person, field: 7, message }));

  it.each<[string, (cms: Buffer) => Buffer, string]>([
    ['cut short', (cms) => cms.subarray(0, 100), 'contents-malformed'],
    ['followed by other bytes', (cms) => Buffer.concat([cms, Buffer.from('x')]), 'contents-followed-by-data'],
    ['empty', () => Buffer.alloc(0), 'contents-malformed'],
  ])('%s is a format failure', async (_, message, reason) => {
    const report = (await withMessage(message)).signatures[0]!;
    expect([conclusionOf(report), reasonOf(report, 'format.structure')]).toEqual(['TOTAL-FAILED/FORMAT_FAILURE', reason]);
  });

  it('must not carry content of its own', async () => {
    const report = (await pdf(signPdfByOpenssl(plain, { signer: person, field: 7, attached: true }))).signatures[0]!;
    expect([conclusionOf(report), reasonOf(report, 'format.structure')]).toEqual(['TOTAL-FAILED/FORMAT_FAILURE', 'contents-not-detached']);
  });

  it('of a kind that is not read here is undecided', async () => {
    const report = (await pdf(signPdfByOpenssl(plain, { signer: person, field: 7, subFilter: 'adbe.pkcs7.sha1' }))).signatures[0]!;
    expect([conclusionOf(report), reasonOf(report, 'pdf.sub-filter')]).toEqual([
      'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE',
      'sub-filter-unsupported',
    ]);
  });
});
