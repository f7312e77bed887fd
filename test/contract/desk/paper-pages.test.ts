import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pull, viewFiling } from '../../../main/core/index.ts';
import { readDocuments } from '../../../main/intake/index.ts';
import {
  arrangePages,
  beginPaperWork,
  dropPaperWork,
  buildDocument,
  dropIn,
  importFile,
  keepPaperForm,
  readPaperPages,
  scanPages,
  takeWork,
} from '../../../main/paper/index.ts';
import { emptyPaperForm, readPaperForm, type PaperForm } from '../../../shared/domain/paper-form.ts';
import { dropPage, movePage, restorePages, splitAt, turnPage, type Arrangement } from '../../../shared/domain/paper-pages.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { drawSheet } from '../../support/paper/draw-sheet.ts';
import { PAGE, writePdf } from '../../support/raw-pdf.ts';
import { tempDir } from '../../support/temp-dir.ts';

let office: TrainingOffice;
let secretary: string;
beforeAll(async () => {
  office = await trainingOffice({ samples: 0 });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
}, 60_000);
afterAll(() => office.close());

const [claimant, respondent] = emptyPaperForm().parties;
const claim: PaperForm = {
  ...{ ...emptyPaperForm(), kind: 'claim' },
  parties: [
    { ...claimant!, identifier: '870131400012', name: 'Әлия Өмірбекова' },
    { ...respondent!, name: '«Өркен» ЖШС' },
  ],
};
const begin = () => beginPaperWork(office.desk.paper, secretary).id;
const bring = async (work: string, bytes: Uint8Array, title = 'scan') => {
  const kept = must(await office.desk.blobs.putBytes(bytes));
  return importFile(office.desk.paper, work, { ...kept, title });
};
const read = (work: string) => readPaperPages(office.desk.store.read, work);
const arrange = (id: string, change: (old: Arrangement) => Arrangement) => {
  const { arrangement, revision } = read(id);
  return arrangePages(office.desk.paper, { id, owner: secretary, revision }, change(arrangement));
};
const shape = ({ documents, dropped }: Arrangement) => [documents.map((d) => d.pages.length), dropped.map((p) => p.why)];

describe('pages on paper', () => {
  it('come in order, straightened, without the blank ones, and are put in order as the person wants it', async () => {
    const work = begin();
    must(await bring(work, await drawSheet({ dpi: 150, askew: 2 })));
    must(await bring(work, await drawSheet({ dpi: 150, blank: true })));
    must(await bring(work, await drawSheet({ dpi: 200, seed: 5 })));
    const { arrangement, pages } = read(work);
    expect(shape(arrangement)).toEqual([[2], ['blank']]);
    expect(arrangement.documents[0]!.pages[0]).toMatchObject({ straighten: true, turn: 0 });
    expect(pages[0]!.warnings).toEqual(['low-resolution']);
    const second = arrangement.documents[0]!.pages[1]!.id;
    must(arrange(work, (old) => splitAt(old, second, office.desk.config.newId())));
    must(arrange(work, (old) => turnPage(old, second)));
    must(arrange(work, (old) => restorePages(old, 'blank', office.desk.config.newId())));
    expect(shape(read(work).arrangement)).toEqual([[1, 2], []]);
    must(arrange(work, (old) => movePage(old, second, -1)));
    must(arrange(work, (old) => dropPage(old, second)));
    expect(shape(read(work).arrangement)).toEqual([[1, 1], ['deleted']]);
    expect(arrange(work, ({ documents }) => ({ documents, dropped: [] }))).toMatchObject({ error: { code: 'input-invalid' } });
    expect(arrangePages(office.desk.paper, { id: work, owner: secretary, revision: 0 }, read(work).arrangement)).toMatchObject({
      error: { code: 'stale-revision' },
    });
    const before = read(work);
    await office.reopen();
    expect(read(work)).toEqual(before);
  });

  it('are left as they were when a file cannot be read', async () => {
    const work = begin();
    expect(await bring(work, Buffer.from('nothing of the kind'))).toMatchObject({ error: { code: 'picture-unreadable' } });
    expect(read(work)).toMatchObject({ pages: [], revision: 0 });
  });

  it('that are dropped into the window are taken by what they are, not by their name; what is no picture and no PDF is not kept', async () => {
    const { paper, blobs } = office.desk;
    const work = begin();
    const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600, 1)]);
    for (const bytes of [program, Buffer.from('хат'), Buffer.alloc(0)]) {
      expect(await dropIn(paper, work, { fileName: 'арыз.pdf', bytes })).toMatchObject({ error: { code: 'picture-unreadable' } });
      expect(blobs.has(sha256Of(bytes))).toBe(false);
    }
    expect(await dropIn(paper, work, { fileName: 'бос.pdf', bytes: Buffer.from('%PDF-1.7 nothing more') })).toMatchObject({
      error: { code: 'picture-unreadable' },
    });
    expect(read(work).pages).toEqual([]);
    must(await dropIn(paper, work, { fileName: 'бет.docx', bytes: await drawSheet({ dpi: 150 }) }));
    must(await dropIn(paper, work, { fileName: '../../etc/Шарт.pdf', bytes: writePdf(PAGE) }));
    expect(read(work).arrangement.documents.map(({ title, pages }) => [title, pages.length])).toEqual([
      ['', 1],
      ['Шарт', 1],
    ]);
  });

  it('become the documents of a filing, PDFs that other programs read', async () => {
    const work = begin();
    must(await bring(work, await drawSheet({ dpi: 150 })));
    must(await bring(work, await drawSheet({ dpi: 150, seed: 7 })));
    const { arrangement } = read(work);
    must(arrange(work, (old) => splitAt(old, arrangement.documents[0]!.pages[1]!.id, office.desk.config.newId())));
    must(keepPaperForm(office.desk.paper, { id: work, owner: secretary, form: claim }));
    const taken = must(await takeWork(office.desk.paper, { id: work, actor: secretary }, claim, readPaperForm(claim)));
    expect(taken).toEqual({
      id: work,
      notes: [expect.objectContaining({ reduction: 'none', parts: 1 }), expect.objectContaining({ parts: 1 })],
    });
    await office.desk.verify(work);
    expect(viewFiling(office.desk, work, 'secretary')).toMatchObject({ state: 'received', signature: 'on-paper', cabinetNumber: '' });
    for (const document of readDocuments(office.desk.store.read, work)) {
      expect(document).toMatchObject({ state: 'stored', contentType: 'pdf', pages: 1 });
      const file = path.join(tempDir(), document.fileName);
      writeFileSync(file, (await office.desk.blobs.readAll(document.sha256, document.size))!);
      execFileSync('qpdf', ['--check', file]);
      expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/A4/);
    }
    // the originals are there until then, and the work takes no more pages after it
    expect(office.desk.blobs.has(read(work).pages[0]!.sha256)).toBe(true);
    expect(await bring(work, await drawSheet({ dpi: 100 }))).toMatchObject({ error: { code: 'not-found' } });
  });

  it('that come while the filing is being taken are not lost: nothing is taken, and then all of them are', async () => {
    const work = begin();
    must(await bring(work, await drawSheet({ dpi: 100 })));
    const take = (certify: Parameters<typeof takeWork>[4]) =>
      takeWork(office.desk.paper, { id: work, actor: secretary }, claim, readPaperForm(claim), certify);
    const late = await take(async (pdf) => {
      must(await bring(work, await drawSheet({ dpi: 100, seed: 9 })));
      return ok(pdf);
    });
    expect(late).toMatchObject({ error: { code: 'stale-revision' } });
    expect(viewFiling(office.desk, work, 'secretary')).toBeNull();
    expect(shape(read(work).arrangement)).toEqual([[2], []]);
    must(await take(null));
    expect(readDocuments(office.desk.store.read, work).map(({ pages }) => pages)).toEqual([2]);
  });

  it('that are being scanned keep the filing from being taken or deleted, and other pages from being scanned between them', async () => {
    const work = begin();
    const png = await drawSheet({ dpi: 100 });
    const wish = { scannerId: 'feeder', dpi: 150, color: false, feeder: true };
    const take = (id: string) => takeWork(office.desk.paper, { id, actor: secretary }, claim, readPaperForm(claim));
    const other = begin();
    must(await bring(other, png));
    const scanners = {
      ...office.desk.paper.scanners,
      scan: async (_: typeof wish, onPage: (page: Uint8Array) => Promise<Result<null>>) => {
        must(await onPage(png));
        expect(await take(work)).toMatchObject({ error: { code: 'paper-scanning' } });
        expect(dropPaperWork(office.desk.paper, work, secretary)).toMatchObject({ error: { code: 'paper-scanning' } });
        expect(await scanPages(office.desk.paper, work, wish, () => undefined)).toMatchObject({ error: { code: 'paper-scanning' } });
        expect(await take(other)).toMatchObject({ ok: true });
        must(await onPage(png));
        return ok(2);
      },
    };
    expect(await scanPages({ ...office.desk.paper, scanners }, work, wish, () => undefined)).toEqual({ ok: true, value: 2 });
    expect(viewFiling(office.desk, work, 'secretary')).toBeNull();
    must(await take(work));
    expect(readDocuments(office.desk.store.read, work).map(({ pages }) => pages)).toEqual([2]);
  });

  it('are recompressed step by step to fit, then split, and it is said how far', async () => {
    const work = begin();
    for (const seed of [1, 2, 3]) must(await bring(work, await drawSheet({ dpi: 240, grain: true, seed })));
    const { pages, arrangement } = read(work);
    const building = {
      document: { ...arrangement.documents[0]!, title: 'Қосымша' },
      pages: new Map(pages.map((p) => [p.id, p])),
      language: 'kk' as const,
    };
    const build = async (limit: number) => must(await buildDocument(office.desk.paper, { ...building, limit }));
    const [whole] = await build(1 << 28);
    expect(whole).toMatchObject({ reduction: 'none', pages: 3, part: { of: 1 } });
    const [smaller] = await build(Math.round(whole!.bytes.length * 0.8));
    expect(smaller).toMatchObject({ reduction: 'quality', pages: 3, part: { of: 1 } });
    const [coarser] = await build(Math.round(whole!.bytes.length * 0.45));
    expect(coarser).toMatchObject({ reduction: 'resolution', pages: 3, part: { of: 1 } });
    const grey = await build(Math.round(whole!.bytes.length * 0.17));
    expect(grey.map(({ reduction }) => reduction)).toContain('grey');
    expect(grey.reduce((sum, part) => sum + part.pages, 0)).toBe(3);
    for (const [limit, built] of [
      [0.8, [smaller!]],
      [0.45, [coarser!]],
      [0.17, grey],
    ] as const)
      for (const { bytes } of built) expect(bytes.length).toBeLessThanOrEqual(Math.round(whole!.bytes.length * limit));
    expect(await buildDocument(office.desk.paper, { ...building, limit: 3_000 })).toMatchObject({ error: { code: 'document-too-large' } });
  }, 120_000);
});
