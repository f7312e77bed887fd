import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certifyCopies } from '../../../main/core/certify-copies.ts';
import { pull, viewFiling } from '../../../main/core/index.ts';
import { readUser, SessionHolder } from '../../../main/core/session.ts';
import { listSigningKeys } from '../../../main/core/signing-keys.ts';
import { readDocuments, readFiling } from '../../../main/intake/index.ts';
import { beginPaperWork, importFile, takeWork } from '../../../main/paper/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
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
  must(holder.begin(readUser(office.desk.store.read, secretary)!, 'secretary.p12', office.desk.config.clock()));
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
