import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { issue, keyOf, standardHierarchy } from '../../support/openssl-pki.ts';
import { appendRevision, lastStartXref, PAGE, signPdfByOpenssl, stream, writePdf, type Objects } from '../../support/raw-pdf.ts';
import { conclusionOf, reasonOf, verify } from '../../support/verify-signature.ts';

const { person, authority } = standardHierarchy();
const second = issue({ subject: '/CN=СУДЬЯ/serialNumber=IIN870131400019/C=KZ', key: keyOf('second'), issuer: authority });
const plain = writePdf(PAGE);
const signed = signPdfByOpenssl(plain, { signer: person, field: 7 });
const FAKE = stream('BT /F1 24 Tf 72 720 Td (Claim: 9 999 999) Tj ET');
const CATALOG = PAGE[1]!;
const signedPage = PAGE[3]!.replace(' >> >> >>', ' >> >> /Annots [7 0 R] >>');

async function judge(bytes: Uint8Array) {
  const { signatures } = await verify(bytes, { file: 'claim.pdf' });
  return signatures[0]!;
}

describe('the bytes a signature covers', () => {
  type Range = [number, number, number, number];
  it.each<[string, (range: Range) => readonly number[], string]>([
    ['do not begin at the start', ([, a, b, c]) => [9, a - 9, b, c], 'byte-range-not-from-start'],
    ['leave a larger hole than the signature', ([s, a, b, c]) => [s, a - 20, b, c], 'byte-range-hole'],
    ['leave a hole after the signature', ([s, a, b, c]) => [s, a, b + 20, c - 20], 'byte-range-hole'],
    ['reach into the signature', ([s, a, b, c]) => [s, a + 1, b, c], 'byte-range-hole'],
    ['overlap', ([s, a, b, c]) => [s, a, a - 10, c + (b - a) + 10], 'byte-range-outside-file'],
    ['end past the file', ([s, a, b, c]) => [s, a, b, c + 1000], 'byte-range-outside-file'],
    ['end inside the revision', ([s, a, b, c]) => [s, a, b, c - 30], 'byte-range-inside-revision'],
    ['are negative', ([s, a, b, c]) => [s, a, b, -c], 'byte-range-form'],
    ['are three numbers', ([s, a, b]) => [s, a, b], 'byte-range-form'],
    ['are huge', ([s, a, b]) => [s, a, b, 99_999_999_999], 'byte-range-outside-file'],
    ['are a fraction', ([s, a, b, c]) => [s, a + 0.5, b, c], 'byte-range-form'],
  ])('%s', async (_, range, reason) => {
    const report = await judge(signPdfByOpenssl(plain, { signer: person, field: 7, range }));
    expect([conclusionOf(report), reasonOf(report, 'pdf.byte-range')]).toEqual(['TOTAL-FAILED/FORMAT_FAILURE', reason]);
  });

  it('cannot be moved aside to make room for other objects', async () => {
    const hole = /\/ByteRange \[0 (\d+) (\d+) (\d+)/.exec(signed.toString('latin1'))!.slice(1).map(Number) as [number, number, number];
    const [gap, next, length] = hole;
    const moved = Buffer.concat([signed.subarray(0, next), Buffer.from(`\n4 0 obj\n${FAKE}\nendobj\n`), signed.subarray(next)]);
    const shift = moved.length - signed.length;
    const text = moved
      .toString('latin1')
      .replace(/\/ByteRange \[[^\]]*\]/, (old) => `/ByteRange [0 ${gap} ${next + shift} ${length}`.padEnd(old.length - 1) + ']');
    const report = await judge(Buffer.from(text, 'latin1'));
    expect(report.verdict).toBe('invalid');
  });

  it.each([
    ['two Contents', '/Contents <00>'],
    ['two ByteRanges', '/ByteRange [0 1 2 3]'],
  ])('%s in one dictionary are refused', async (_, dictionary) => {
    const report = await judge(signPdfByOpenssl(plain, { signer: person, field: 7, dictionary }));
    expect(conclusionOf(report)).toBe('TOTAL-FAILED/FORMAT_FAILURE');
  });

  it('a dictionary without its ByteRange or Contents is no longer a signature of anything', async () => {
    for (const key of ['/ByteRange', '/Contents']) {
      const broken = Buffer.from(signed);
      broken.write(key.replace('e', 'x'), broken.lastIndexOf(key), 'latin1');
      expect((await judge(broken)).verdict).toBe('invalid');
    }
  });
});

describe('what is appended after a signature', () => {
  const append = (objects: Objects, options = {}) => appendRevision(signed, objects, options);
  const form = '<< /Fields [7 0 R] /SigFlags 3 >>';

  it.each<[string, () => Buffer, string]>([
    ['other bytes', () => Buffer.concat([signed, Buffer.from('<script>alert(1)</script>')]), 'bytes-after-last-revision'],
    ['another page content', () => append({ 4: FAKE }), 'object-changed'],
    ['another font', () => append({ 5: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>' }), 'object-changed'],
    [
      'another page in place of the old one',
      () => append({ 3: signedPage.replace('/Contents 4', '/Contents 40'), 40: FAKE }),
      'page-changed',
    ],
    ['a page more', () => append({ 2: '<< /Type /Pages /Kids [3 0 R 41 0 R] /Count 2 >>', 41: PAGE[3]! }), 'object-changed'],
    [
      'an annotation over the text',
      () =>
        append({
          3: signedPage.replace('[7 0 R]', '[7 0 R 42 0 R]'),
          42: '<< /Type /Annot /Subtype /FreeText /Rect [70 700 300 760] /Contents (9 999 999) >>',
        }),
      'annotations-changed',
    ],
    [
      'a text field',
      () => append({ 6: '<< /Fields [7 0 R 43 0 R] /SigFlags 3 >>', 43: '<< /FT /Tx /T (x) /V (9 999 999) /Rect [70 700 300 760] >>' }),
      'field-not-signed',
    ],
    ['a form without the signature', () => append({ 6: '<< /Fields [] /SigFlags 3 >>' }), 'fields-removed'],
    ['default appearances of forms', () => append({ 6: '<< /Fields [7 0 R] /SigFlags 3 /NeedAppearances true >>' }), 'form-changed'],
    [
      'an action of the catalog',
      () => append({ 1: CATALOG.replace(' >>', ' /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>') }),
      'catalog-changed',
    ],
    ['another root', () => append({ 50: CATALOG }, { trailer: '/Root 50 0 R' }), 'trailer-changed'],
    ['a removed object', () => append({ 6: form }, { freed: [4] }), 'object-removed'],
    ['objects kept out of the table', () => append({ 6: form }, { unlisted: { 4: FAKE } }), 'object-outside-tables'],
    [
      'objects without any table',
      () => Buffer.concat([signed, Buffer.from(`4 0 obj\n${FAKE}\nendobj\nstartxref\n${lastStartXref(signed)}\n%%EOF\n`)]),
      'bytes-after-last-revision',
    ],
  ])('%s: the document was modified', async (_, build, reason) => {
    const report = await judge(build());
    expect([conclusionOf(report), reasonOf(report, 'pdf.unmodified'), report.covers]).toEqual([
      'TOTAL-FAILED/FORMAT_FAILURE',
      reason,
      'partial',
    ]);
    expect(report.warnings).toContain('MODIFIED_AFTER_SIGNING');
  });

  it('an object that nothing refers to changes nothing', async () => {
    expect((await judge(append({ 60: FAKE }))).verdict).toBe('valid');
  });

  it('a table that points at other bytes of the signed revision', async () => {
    const prepared = signPdfByOpenssl(writePdf({ ...PAGE, 44: FAKE }), { signer: person, field: 7 });
    const at = prepared.indexOf('44 0 obj');
    const table = prepared.length;
    const redirected = Buffer.concat([
      prepared,
      Buffer.from(
        `xref\n4 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 45 /Root 1 0 R /Prev ${lastStartXref(prepared)} >>\nstartxref\n${table}\n%%EOF\n`,
      ),
    ]);
    expect((await judge(redirected)).verdict).toBe('invalid');
  });

  it.each(['21 0 R', '21 %\n0 R', '21 % (100%) 4 0 R\n 0%\rR'])('an object the signed page already waited for: %j', async (waiting) => {
    const contents = `/Contents [4 0 R ${waiting}]`;
    const prepared = signPdfByOpenssl(writePdf({ ...PAGE, 3: PAGE[3]!.replace('/Contents 4 0 R', contents) }), {
      signer: person,
      field: 7,
      objects: { 3: PAGE[3]!.replace('/Contents 4 0 R', contents) },
    });
    expect((await judge(prepared)).verdict).toBe('valid');
    const filled = appendRevision(prepared, { 1: CATALOG.replace(' >>', ' /DSS 20 0 R >>'), 20: '<< /Certs [21 0 R] >>', 21: FAKE });
    const report = await judge(filled);
    expect([conclusionOf(report), reasonOf(report, 'pdf.unmodified')]).toEqual(['TOTAL-FAILED/FORMAT_FAILURE', 'awaited-object-added']);
  });

  it('a list of annotations given twice', async () => {
    const twice = append({
      1: CATALOG.replace(' >>', ' /DSS 20 0 R >>'),
      20: '<< /Certs [42 0 R] >>',
      3: signedPage.replace('/Annots [7 0 R]', '/Annots [7 0 R] /Annots [7 0 R 42 0 R]'),
      42: '<< /Type /Annot /Subtype /FreeText /Rect [70 700 300 760] /Contents (9 999 999) >>',
    });
    expect(reasonOf(await judge(twice), 'pdf.unmodified')).toBe('page-changed');
  });

  it('an object that a later table takes back again', async () => {
    const place = /\n4 1\n(\d{10})/.exec(signed.toString('latin1'))![1]!;
    const changed = append({ 4: FAKE });
    const at = changed.length;
    const back = Buffer.concat([
      changed,
      Buffer.from(
        `xref\n4 1\n${place} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev ${lastStartXref(changed)} >>\nstartxref\n${at}\n%%EOF\n`,
      ),
    ]);
    expect(reasonOf(await judge(back), 'pdf.unmodified')).toBe('object-outside-tables');
  });

  it('an object stream that cannot be unpacked leaves the question open', async () => {
    const hidden = Buffer.from(
      `8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode /Length 2 >>\nstream\n>\nendstream\nendobj\n`,
    );
    const table = plain.length + hidden.length;
    const rows = Buffer.from([1, 0, 0, plain.length >> 8, plain.length & 0xff, 0, 2, 0, 0, 0, 8, 0]);
    const prepared = Buffer.concat([
      plain,
      hidden,
      Buffer.from(
        `9 0 obj\n<< /Type /XRef /W [1 4 1] /Index [8 1 70 1] /Size 71 /Root 1 0 R /Prev ${lastStartXref(plain)} /Length 12 >>\nstream\n`,
      ),
      rows,
      Buffer.from(`\nendstream\nendobj\nstartxref\n${table}\n%%EOF\n`),
    ]);
    const once = signPdfByOpenssl(prepared, { signer: person, field: 72 });
    expect((await judge(once)).verdict).toBe('valid');
    const report = await judge(signPdfByOpenssl(once, { signer: second, field: 74 }));
    expect([conclusionOf(report), reasonOf(report, 'pdf.unmodified')]).toEqual(['INDETERMINATE/GENERIC', 'signed-revision-unreadable']);
    expect(report.warnings).toContain('MODIFIED_AFTER_SIGNING');
  });

  it('a changed page hidden behind validation data', async () => {
    const hidden = append({ 1: CATALOG.replace(' >>', ' /DSS 20 0 R >>'), 20: '<< /Certs [4 0 R] >>', 4: FAKE });
    expect(reasonOf(await judge(hidden), 'pdf.unmodified')).toBe('validation-data-rewrites-objects');
  });

  it('a further signature that covers the page, acts, or rewrites what was signed', async () => {
    const rewritten = signPdfByOpenssl(signed, { signer: second, field: 9, objects: { 4: FAKE }, fieldExtra: '/AP << /N 4 0 R >>' });
    const acting = signPdfByOpenssl(signed, { signer: second, field: 9, fieldExtra: '/A << /S /Launch >>' });
    const large = signPdfByOpenssl(signed, { signer: second, field: 9, objects: {} })
      .toString('latin1')
      .replace('/Rect [0 0 0 0] /P 3 0 R /F 132  >>\nendobj\n10 0', '/Rect [0 0 595 842] /P 3 0 R /F 132>>\nendobj\n10 0');
    expect((await judge(rewritten)).verdict).toBe('invalid');
    expect(reasonOf(await judge(acting), 'pdf.unmodified')).toBe('field-acts');
    expect((await judge(Buffer.from(large, 'latin1'))).verdict).toBe('invalid');
  });

  it('resources of a page that pass for validation data', async () => {
    const page = PAGE[3]!.replace('/Font <<', '/XObject 40 0 R /Font <<');
    const shown = (text: string) => stream(`BT /F1 24 Tf 72 720 Td (${text}) Tj ET`, '/Type /XObject /Subtype /Form /BBox [0 0 595 842]');
    const objects = { 3: page, 4: stream('/TS Do'), 40: '<< /TS 41 0 R >>', 41: shown('1 000 000') };
    const prepared = signPdfByOpenssl(writePdf({ ...PAGE, ...objects }), { signer: person, field: 7, objects: { 3: page } });
    expect((await judge(prepared)).verdict).toBe('valid');
    const swapped = appendRevision(prepared, {
      1: CATALOG.replace(' >>', ' /DSS 20 0 R >>'),
      20: '<< /VRI 40 0 R >>',
      40: '<< /TS 42 0 R >>',
      42: shown('9 999 999'),
    });
    const report = await judge(swapped);
    expect([report.verdict, reasonOf(report, 'pdf.unmodified')]).toEqual(['invalid', 'validation-data-rewrites-objects']);
  });

  it('validation data that grows where it stands is none of these', async () => {
    const first = append({ 1: CATALOG.replace(' >>', ' /DSS 20 0 R >>'), 20: '<< /Certs [21 0 R] >>', 21: stream('one') });
    const again = signPdfByOpenssl(first, { signer: second, field: 30, objects: {} });
    const grown = appendRevision(again, { 20: '<< /Certs [21 0 R 22 0 R] >>', 22: stream('two') });
    expect((await verify(grown, { file: 'claim.pdf' })).signatures.map(({ verdict }) => verdict)).toEqual(['valid', 'valid']);
  });

  it('the order of a list of fields that the page draws by as well', async () => {
    const page = PAGE[3]!.replace('/Contents 4 0 R', '/Contents 40 0 R');
    const fields = '<< /Fields 40 0 R /SigFlags 3 >>';
    const veil = { 8: stream('1 g 0 0 595 842 re f') };
    const prepared = signPdfByOpenssl(writePdf({ ...PAGE, ...veil, 3: page, 6: fields, 40: '[8 0 R 4 0 R]' }), {
      signer: person,
      field: 9,
      objects: { 3: page, 6: fields, 40: '[8 0 R 4 0 R 9 0 R]' },
    });
    expect((await judge(prepared)).verdict).toBe('valid');
    const report = await judge(appendRevision(prepared, { 40: '[4 0 R 8 0 R 9 0 R]' }));
    expect([report.verdict, reasonOf(report, 'pdf.unmodified')]).toEqual(['invalid', 'form-changed']);
  });

  describe('a stamp over the text', () => {
    const hung = { 6: '<< /Fields [7 0 R 50 0 R] /SigFlags 3 >>', 3: signedPage.replace('[7 0 R]', '[7 0 R 50 0 R]') };
    const look = { 53: stream('1 g 0 0 250 60 re f', '/Type /XObject /Subtype /Form /BBox [0 0 250 60]') };
    const widget = (value: string) =>
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /V ${value} /Rect [60 700 310 760] /P 3 0 R /AP << /N 53 0 R >> >>`;

    it.each([
      ['whose value only calls itself a signature', '52 0 R', { 52: '<< /Type /Sig /Filter /Adobe.PPKLite >>' }],
      ['whose value is nothing of the kind', '5 0 R', {}],
      ['that borrows the signature before it', '8 0 R', {}],
      ['whose value stands in the field itself', '<< /Type /Sig /Filter /Adobe.PPKLite >>', {}],
    ])('%s', async (_, value, objects) => {
      const report = await judge(append({ ...hung, ...look, ...objects, 50: widget(value) }));
      expect([report.verdict, reasonOf(report, 'pdf.unmodified')]).toEqual(['invalid', 'field-not-signed']);
    });

    it('with which a further signature is shown twice', async () => {
      const twice = signPdfByOpenssl(signed, {
        signer: second,
        field: 30,
        objects: {
          ...look,
          6: hung[6].replace('50 0 R', '50 0 R 30 0 R'),
          3: hung[3].replace('50 0 R', '50 0 R 30 0 R'),
          50: widget('31 0 R'),
        },
      });
      const { signatures } = await verify(twice, { file: 'claim.pdf' });
      expect(signatures.map(({ verdict }) => verdict)).toEqual(['invalid', 'valid']);
    });

    it('of a document timestamp', async () => {
      const visible = signPdfByOpenssl(signed, { signer: second, field: 50, subFilter: 'ETSI.RFC3161', objects: { ...hung, ...look } })
        .toString('latin1')
        .replace('(Signature50) /V 51 0 R /Rect [0 0 0 0] /P 3 0 R', '(Signature50) /V 51 0 R /Rect [60 700 310 760]  ');
      const report = await judge(Buffer.from(visible, 'latin1'));
      expect([report.verdict, reasonOf(report, 'pdf.unmodified')]).toEqual(['invalid', 'field-covers-page']);
    });
  });

  it('anything but validation data after a certification that allows no change', async () => {
    const level = (p: number) =>
      `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${p} /V /1.2 >> >>]`;
    const certified = (p: number) => signPdfByOpenssl(plain, { signer: person, field: 7, dictionary: level(p) });
    expect((await judge(certified(1))).verdict).toBe('valid');
    expect((await judge(signPdfByOpenssl(certified(2), { signer: second, field: 9 }))).verdict).toBe('valid');
    const report = await judge(signPdfByOpenssl(certified(1), { signer: second, field: 9 }));
    expect([conclusionOf(report), reasonOf(report, 'pdf.unmodified')]).toEqual([
      'TOTAL-FAILED/FORMAT_FAILURE',
      'certification-allows-no-change',
    ]);
  });
});

describe('a broken or hostile PDF', () => {
  it('whose tables cannot be read is not called unsigned when it was signed', async () => {
    const broken = Buffer.from(signed.toString('latin1').replace(/startxref\n\d+\n%%EOF\n$/, 'startxref\n999999999\n%%EOF\n'), 'latin1');
    const report = await verify(broken, { file: 'x.pdf' });
    expect(report).toMatchObject({ overall: 'invalid', flags: ['MALFORMED'] });
  });

  it('whose tables run in a circle is malformed', async () => {
    const text = plain.toString('latin1').replace('/Root 1 0 R', `/Root 1 0 R /Prev ${lastStartXref(plain)}`);
    expect(await verify(Buffer.from(text, 'latin1'), { file: 'x.pdf' })).toMatchObject({ overall: 'unsigned', flags: ['MALFORMED'] });
  });

  it.each<[string, string, Objects]>([
    ['JAVASCRIPT', 'in a plain action', { 8: '<< /S /JavaScript /JS (app.alert(1)) >>' }],
    ['JAVASCRIPT', 'in a name with hexadecimal letters', { 8: '<< /S /J#61vaScript /JS (app.alert(1)) >>' }],
    ['JAVASCRIPT', 'in an object stream', { 8: packed('<< /S /JavaScript /JS (app.alert(1)) >>') }],
    ['LAUNCH_ACTION', 'as an action', { 8: '<< /S /Launch /F (calc) >>' }],
    ['EMBEDDED_FILE', 'as a stream', { 8: stream('MZ', '/Type /EmbeddedFile') }],
    ['XFA', 'in a form', { 8: '<< /XFA [(template) 9 0 R] >>' }],
    ['RICH_MEDIA', 'as an annotation', { 8: '<< /Type /Annot /Subtype /RichMedia >>' }],
    ['REMOTE_REFERENCE', 'to a share', { 8: '<< /S /GoToR /F (\\\\\\\\server\\\\share) >>' }],
    ['REMOTE_REFERENCE', 'by a link to a file', { 8: '<< /S /URI /URI (file:///etc/passwd) >>' }],
    ['EXECUTABLE', 'by its name', { 8: '<< /Type /Filespec /F (invoice.exe) >>' }],
  ])('%s %s', async (flag, _, objects) => {
    expect((await verify(writePdf({ ...PAGE, ...objects }), { file: 'x.pdf' })).flags).toContain(flag);
  });

  it('ENCRYPTED by its trailer', async () => {
    const encrypted = appendRevision(
      Buffer.from('%PDF-1.7\n'),
      { ...PAGE, 8: '<< /Filter /Standard >>' },
      { first: true, trailer: '/Encrypt 8 0 R' },
    );
    expect((await verify(encrypted, { file: 'x.pdf' })).flags).toContain('ENCRYPTED');
  });

  it('HEADER_NOT_AT_ZERO behind another file', async () => {
    expect((await verify(Buffer.concat([Buffer.from('GIF89a;'), plain]), { file: 'x.pdf' })).flags).toEqual(['HEADER_NOT_AT_ZERO']);
  });

  it('DECOMPRESSION_LIMIT in a bomb of an object stream', async () => {
    const bomb = deflateSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 }).toString('latin1');
    const file = writePdf({ ...PAGE, 8: stream(bomb, '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode') });
    expect((await verify(file, { file: 'x.pdf' })).flags).toContain('DECOMPRESSION_LIMIT');
  });

  it('what it does is said even where its signatures take too much to verify', async () => {
    const lists = (count: number): Objects =>
      Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [100 + i, `[${'60 0 R '.repeat(count)}]`]));
    const heavy = { 60: `<< /FT /Sig /T (${'a'.repeat(1024 * 1024)}) >>`, 8: '<< /S /JavaScript /JS (app.alert(1)) >>' };
    const prepared = signPdfByOpenssl(writePdf({ ...PAGE, ...heavy, ...lists(1) }), { signer: person, field: 7 });
    const report = await verify(appendRevision(prepared, lists(2)), { file: 'x.pdf' });
    expect(report).toMatchObject({ format: 'pades', overall: 'undecided', flags: ['JAVASCRIPT'] });
    expect(reasonOf(report.signatures[0]!, 'format.structure')).toBe('limit-exceeded');
  });

  it('ordinary words in text raise no flag', async () => {
    expect(
      (await verify(writePdf({ ...PAGE, 8: stream('\x00\x01/JS\x02\x03/XFA\x04', '/Filter /DCTDecode') }), { file: 'x.pdf' })).flags,
    ).toEqual([]);
  });
});

function packed(body: string): string {
  const bytes = deflateSync(Buffer.from(`80 0 ${body}`)).toString('latin1');
  return stream(bytes, '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode');
}
