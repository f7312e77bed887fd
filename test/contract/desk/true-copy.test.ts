import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certifyCopies } from '../../../main/core/certify-copies.ts';
import { pull, viewFiling } from '../../../main/core/index.ts';
import { readUser, SessionHolder } from '../../../main/core/session.ts';
import { listSigningKeys } from '../../../main/core/signing-keys.ts';
import { readDocuments, readFiling } from '../../../main/intake/index.ts';
import { arrangePages, beginPaperWork, importFile, readPaperPages, takeWork } from '../../../main/paper/index.ts';
import { createTokenHost, type SigningDisplay, type TokenHost } from '../../../main/token/index.ts';
import { emptyPaperForm, readPaperForm } from '../../../shared/domain/paper-form.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { drawSheet } from '../../support/paper/draw-sheet.ts';
import { tempDir } from '../../support/temp-dir.ts';

let office: TrainingOffice;
let secretary: string;
let holder: SessionHolder;
beforeAll(async () => {
  office = await trainingOffice({ samples: 0 });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
  holder = new SessionHolder(() => undefined);
  must(holder.begin(readUser(office.desk.store.read, secretary)!, { kind: 'pkcs12', file: 'secretary.p12' }, office.desk.config.clock()));
}, 60_000);
afterAll(() => office.close());

const [claimant, respondent] = emptyPaperForm().parties;
const form = {
  ...{ ...emptyPaperForm(), kind: 'claim' },
  parties: [
    { ...claimant!, identifier: '870131400012', name: 'Әлия Өмірбекова' },
    { ...respondent!, name: '«Өркен» ЖШС' },
  ],
};

/** Two papers of a page each, brought to the counter. */
async function paperWork(): Promise<string> {
  const { paper, blobs, store } = office.desk;
  const work = beginPaperWork(paper, secretary).id;
  for (const sheet of [await drawSheet({ dpi: 150 }), await drawSheet({ dpi: 100, format: 'jpeg' })])
    must(await importFile(paper, work, { ...must(await blobs.putBytes(sheet)), title: '' }));
  const { arrangement, revision } = readPaperPages(store.read, work);
  const documents = arrangement.documents.flatMap((document) =>
    document.pages.map((page) => ({ ...document, id: page.id, pages: [page] })),
  );
  must(arrangePages(paper, { id: work, owner: secretary, revision }, { ...arrangement, documents }));
  return work;
}

/** Certifies and takes a work with the secretary's key; `signsOnce` as a token that asks for its PIN each time. */
async function certifyAndTake(work: string, { signsOnce = false, whileAsked = () => {} }) {
  const { desk } = office;
  const prompts: SigningDisplay[] = [];
  const host = createTokenHost((display) => {
    prompts.push(display);
    whileAsked();
    return Promise.resolve({ pin: Buffer.from('123456') });
  });
  host.use({ keyFolders: [path.dirname(office.keyOf('secretary').file)], modules: [] });
  const tokenHost: TokenHost = {
    ...host,
    open: async (key, display) => {
      const opened = await host.open(key, display);
      return opened.ok ? { ok: true, value: { ...opened.value, signsOnce } } : opened;
    },
  };
  const { keys } = await listSigningKeys(desk, tokenHost, secretary);
  const keyId = keys.find(({ refusal, roles }) => refusal === null && roles.includes('secretary'))!.id;
  const built: string[] = [];
  const session = holder.get()!;
  const taken = await certifyCopies({ desk, tokenHost, session: holder }, { session, keyId }, (certify) =>
    takeWork(desk.paper, { id: work, actor: secretary }, form, readPaperForm(form), (pdfs) => {
      built.push(...pdfs.map((pdf) => createHash('sha256').update(pdf).digest('hex')));
      return certify(pdfs);
    }),
  );
  const listOf = (hashes: readonly string[]) =>
    createHash('sha256')
      .update(hashes.map((hash) => `${hash}\n`).join(''))
      .digest('hex');
  return { prompts, taken, built, listOf };
}

it('the PIN is asked with the number of the documents and the hash of their list, once; by a token that asks each time once for each', async () => {
  const once = await certifyAndTake(await paperWork(), {});
  must(once.taken);
  expect(once.built).toHaveLength(2);
  expect(once.prompts).toMatchObject([{ purpose: 'paper', sha256: once.listOf(once.built) }]);
  expect(once.prompts[0]!.lines[0]).toMatch(/: 2$/);

  const each = await certifyAndTake(await paperWork(), { signsOnce: true });
  must(each.taken);
  expect(each.prompts.map(({ sha256 }) => sha256)).toEqual([each.listOf(each.built), each.listOf([each.built[1]!])]);
}, 60_000);

it('nothing is certified or taken when the session is locked while the PIN is asked for', async () => {
  const work = await paperWork();
  const { taken, prompts } = await certifyAndTake(work, { whileAsked: () => holder.setLocked(true) });
  must(holder.setLocked(false));
  expect(prompts).toHaveLength(1);
  expect(taken).toMatchObject({ ok: false, error: { code: 'session-locked' } });
  expect(readFiling(office.desk.store.read, work)).toBeNull();
}, 60_000);

it('documents of a paper filing are signed as true copies under one PIN, stand up to the verifier and to others, and no fault is seen in them', async () => {
  const { desk } = office;
  const work = beginPaperWork(desk.paper, secretary).id;
  const scan = must(await desk.blobs.putBytes(await drawSheet({ dpi: 150 })));
  must(await importFile(desk.paper, work, { ...scan, title: '' }));
  const annex = must(await desk.blobs.putBytes(await drawSheet({ dpi: 100, format: 'jpeg' })));
  must(await importFile(desk.paper, work, { ...annex, title: '' }));

  let asked = 0;
  const tokenHost = createTokenHost(() => {
    asked++;
    return Promise.resolve({ pin: Buffer.from('123456') });
  });
  tokenHost.use({ keyFolders: [path.dirname(office.keyOf('secretary').file)], modules: [] });
  const session = holder.get()!;
  const context = { desk, tokenHost, session: holder };
  const { keys } = await listSigningKeys(desk, tokenHost, secretary);
  const own = keys.find(({ refusal, roles }) => refusal === null && roles.includes('secretary'))!;
  const takeBy: Parameters<typeof certifyCopies>[2] = (certify) =>
    takeWork(desk.paper, { id: work, actor: secretary }, form, readPaperForm(form), certify);
  must(await certifyCopies(context, { session, keyId: own.id }, takeBy));
  expect(asked).toBe(1);

  await desk.verify(work);
  const filing = viewFiling(desk, work, 'secretary')!;
  expect(filing).toMatchObject({ signature: 'on-paper', verdict: 'valid' });
  for (const document of filing.documents) {
    expect(document).toMatchObject({ signature: 'on-paper' });
    expect(document.signatures).toEqual([expect.objectContaining({ state: 'valid', reason: null, covers: 'whole' })]);
  }
  expect(filing.anomalies.map(({ rule }) => rule)).not.toContain('signer-not-applicant');
  for (const document of readDocuments(desk.store.read, work)) {
    const file = path.join(tempDir(), document.fileName);
    writeFileSync(file, (await desk.blobs.readAll(document.sha256, document.size))!);
    execFileSync('qpdf', ['--check', file]);
    expect(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })).toMatch(/Total document signed[\s\S]*Signature is Valid\./);
  }
}, 60_000);

it('the key of somebody else certifies nothing, and nothing is taken', async () => {
  const { desk } = office;
  const work = beginPaperWork(desk.paper, secretary).id;
  const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  tokenHost.use({ keyFolders: [path.dirname(office.keyOf('judge').file)], modules: [] });
  const { keys } = await listSigningKeys(desk, tokenHost, secretary);
  const session = holder.get()!;
  for (const { id, refusal } of keys.filter((key) => !key.roles.includes('secretary'))) {
    const certified = await certifyCopies({ desk, tokenHost, session: holder }, { session, keyId: id }, () =>
      Promise.reject(new Error('taken')),
    );
    expect(certified, refusal?.code).toMatchObject({ ok: false });
  }
  expect(readFiling(desk.store.read, work)).toBeNull();
});
