import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SignedFile } from '../../../main/cli/sign-files.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { startEvidenceServer } from '../../support/evidence-server.ts';
import { standardHierarchy } from '../../support/openssl-pki.ts';
import { appendRevision, lastStartXref, PAGE, signPdfByOpenssl, stream, writePdf } from '../../support/raw-pdf.ts';
import { opensslVerifies, paper, PIN, signingScene, type SigningScene } from '../../support/signing-scene.ts';
import { pdfJudges, type PdfJudges } from '../../unit/pdf/pdf-judges.ts';

let scene: SigningScene;
let judges: PdfJudges;
beforeAll(async () => {
  scene = signingScene(await startEvidenceServer());
  judges = pdfJudges({ dir: scene.dir, caPem: standardHierarchy().root.pem });
});

const at = (name: string) => path.join(scene.dir, name);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** As a person runs it: a process of its own. */
async function sign(name: string, bytes: Uint8Array): Promise<{ code: number | null; file: SignedFile }> {
  scene.save(name, bytes);
  const { code, stdout, stderr } = await runKense(
    ['sign', name, '--out', `signed-${name}`, '--p12', scene.p12, '--pin-stdin', '--json', ...scene.trust],
    { home: scene.dir, cwd: scene.dir, input: `${PIN}\n` },
  );
  expect(stderr).toBe('');
  return { code, file: (JSON.parse(stdout) as SignedFile[])[0]! };
}

/** Signed, whole, and valid for poppler, qpdf and OpenSSL; the bytes that were there are the beginning. */
async function expectSigned(name: string, bytes: Uint8Array, signatures = 1): Promise<void> {
  const { code, file } = await sign(name, bytes);
  expect([code, file.level, file.error]).toEqual([0, 'B', null]);
  const after = readFileSync(at(`signed-${name}`));
  expect([sha256(after), sha256(after.subarray(0, bytes.length))]).toEqual([file.sha256, sha256(bytes)]);
  expect(judges.pdfsig(at(`signed-${name}`)).match(/Signature is Valid\./g)).toHaveLength(signatures);
  expect(judges.qpdfFaults(at(`signed-${name}`))).toBe('');
  expect(() => opensslVerifies(after, scene.dir, signatures - 1)).not.toThrow();
}

function qpdf(bytes: Uint8Array, ...options: string[]): Uint8Array {
  scene.save('qpdf-source.pdf', bytes);
  execFileSync('qpdf', [...options, at('qpdf-source.pdf'), at('qpdf-target.pdf')]);
  return readFileSync(at('qpdf-target.pdf'));
}

/** A file whose newest objects stand in a cross-reference stream beside the table, for readers that know both (ISO 32000-1 §7.5.8.4). */
function hybrid(): Buffer {
  const first = writePdf({ ...PAGE, 7: '<< /Producer (one) >>' });
  const body = Buffer.from('9 0 obj\n<< /Producer (two) >>\nendobj\n', 'latin1');
  const places = Buffer.alloc(7);
  places.writeUInt8(1, 0);
  places.writeUInt32BE(first.length, 1);
  const section = `10 0 obj\n<< /Type /XRef /Size 11 /Root 1 0 R /W [1 4 2] /Index [9 1] /Length 7 >>\nstream\n${places.toString('latin1')}\nendstream\nendobj\n`;
  const sectionAt = first.length + body.length;
  const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 11 /Root 1 0 R /Info 9 0 R /Prev ${lastStartXref(first)} /XRefStm ${sectionAt} >>\n`;
  const tableAt = sectionAt + section.length;
  return Buffer.concat([first, body, Buffer.from(`${section}${table}startxref\n${tableAt}\n%%EOF\n`, 'latin1')]);
}

describe('kense sign signs', () => {
  it('300 pages', async () => {
    const document = await PDFDocument.create();
    for (let n = 1; n <= 300; n++) document.addPage([595, 842]).drawText(`Page ${n}`);
    await expectSigned('pages.pdf', await document.save({ useObjectStreams: false }));
  });

  it('50 MB', async () => {
    const filler = randomBytes(50 * 1024 * 1024)
      .toString('latin1')
      .replaceAll('endstream', 'xxxxxxxxx');
    await expectSigned('large.pdf', writePdf({ ...PAGE, 7: stream(filler) }));
  });

  it('cross-reference streams, with and without objects packed in streams', async () => {
    const document = await PDFDocument.create();
    document.addPage([595, 842]).drawText('Act');
    await expectSigned('streams.pdf', await document.save({ useObjectStreams: true }));
    await expectSigned('packed.pdf', qpdf(await paper(), '--object-streams=generate', '--linearize'));
  });

  it('a table and a cross-reference stream side by side', () => expectSigned('hybrid.pdf', hybrid()));

  it('what somebody else has signed before, whose signature stays valid', () =>
    expectSigned(
      'foreign.pdf',
      signPdfByOpenssl(writePdf(PAGE), { signer: scene.judge, chain: [standardHierarchy().authority], field: 7 }),
      2,
    ));

  it('what was changed after an earlier signature: that one stays broken, the new one stands for what is shown now', async () => {
    const signed = signPdfByOpenssl(writePdf(PAGE), { signer: scene.judge, field: 7 });
    const changed = appendRevision(signed, { 4: stream('BT /F1 24 Tf 72 720 Td (Claim: 9 999 999) Tj ET') });
    const { code, file } = await sign('changed.pdf', changed);
    expect([code, file.level]).toEqual([0, 'B']);
    const { stdout } = await runKense(['verify', 'signed-changed.pdf', '--offline', '--json', ...scene.trust], {
      home: scene.dir,
      cwd: scene.dir,
    });
    const [before, own] = (JSON.parse(stdout) as { signatures: { verdict: string; covers: string }[] }).signatures;
    expect([before!.verdict, own!.verdict, own!.covers]).toEqual(['invalid', 'undecided', 'whole']);
  });
});

describe('kense sign refuses', () => {
  const refused: [string, () => Promise<Uint8Array>, string][] = [
    ['an encrypted file', async () => qpdf(await paper(), '--encrypt', 'user', 'owner', '256', '--'), 'document-unreadable'],
    [
      'a file that is encrypted without a password to open it',
      async () => qpdf(await paper(), '--encrypt', '', 'owner', '256', '--'),
      'document-unreadable',
    ],
    ['half a file', async () => (await paper()).subarray(0, 400), 'document-unreadable'],
    ['an empty file', async () => new Uint8Array(0), 'document-unreadable'],
    ['something else by the name of a PDF', async () => Buffer.from('PK\u0003\u0004 no pdf'), 'document-unreadable'],
    [
      'a file whose certification forbids every change',
      async () =>
        signPdfByOpenssl(writePdf(PAGE), {
          ...{ signer: scene.judge, field: 7 },
          dictionary:
            '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]',
          objects: { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Perms << /DocMDP 8 0 R >> >>' },
        }),
      'format-unsupported',
    ],
  ];
  for (const [what, make, code] of refused)
    it(`${what}, with a reason`, async () => {
      const bytes = await make();
      const { code: exit, file } = await sign('refused.pdf', bytes);
      expect(exit).toBe(1);
      expect(file).toMatchObject({ out: null, sha256: null, error: { code, params: { reason: expect.stringMatching(/\S/) } } });
      expect(existsSync(at('signed-refused.pdf'))).toBe(false);
    });
});
