import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKense } from '../../support/cli/run-kense.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
let open: OpenRegistry;
let desk: Desk;
let filing: { id: string; cabinetNumber: string };
let incomingNumber: string;
let clerk: string;
let judge: string;

beforeAll(async () => {
  open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: null }), { clock: () => new Date().toISOString() });
  desk = await open.desk();
  clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
  judge = await keepUser(open.client, open.registry, '9900', ['judge']);
  filing = await submitFiling(open.client, '9900', 'asked', { kind: 'copy_request' });
  const block = await desk.lease('incoming', 1);
  incomingNumber = `9900-26-${String(block.first).padStart(6, '0')}`;
  await desk.take(filing.id, clerk);
  const registering = { registeredAt: '2026-11-21T10:00:00Z', verdict: 'valid' as const, flagged: false, defects: [], joinsCase: null };
  await desk.send('filing.register', { filingId: filing.id, incomingNumber, caseNumber: null, ...registering }, clerk);
});
afterAll(() => open?.registry.close());

async function cabinet(...args: string[]) {
  const run = await runKense(['cabinet', ...args, '--registry', open.registry.url, '--json'], { home });
  return { code: run.code, json: run.stdout === '' ? null : JSON.parse(run.stdout) };
}
const file = (value: unknown) => {
  const name = path.join(tempDir(), 'file.json');
  fs.writeFileSync(name, JSON.stringify(value));
  return name;
};
const paper = async (text: string, fileName: string) => ({ ...(await desk.upload(Buffer.from(text))), title: text, fileName });

it('a duty is paid once for its key, and what is no payment is not sent', async () => {
  const payment = { amount: '2162.50', kbk: '108126', payerId: '870131400012', purpose: 'Мемлекеттік баж', paidAt: '2026-11-21T09:00:00Z' };
  const first = await cabinet('pay', file(payment), '--key', 'one');
  expect(first).toMatchObject({ code: 0, json: { amount: '2162.50', receiptNumber: expect.stringMatching(/^\d{14}$/) } });
  expect(await cabinet('pay', file(payment), '--key', 'one')).toEqual(first);
  expect(await cabinet('pay', file({ ...payment, amount: 2162.5 }))).toMatchObject({
    code: 65,
    json: { error: { code: 'input-invalid' } },
  });
  expect(await cabinet('pay', 'nowhere.json')).toMatchObject({ code: 65, json: { error: { code: 'file-unreadable' } } });
});

it('hearings are listed and the own summons is fetched', async () => {
  const hearingId = randomUUID();
  const hearing = {
    ...{ hearingId, filingId: filing.id, caseNumber: null, revision: 1, startsAt: '2026-12-01T05:00:00Z', place: 'Алматы', room: null },
    ...{ judgeId: null, mode: 'in-person' as const, link: null, recordingNote: null, recipients: [] },
  };
  await desk.send('hearing.set', hearing, clerk);
  const summons = { summonsId: randomUUID(), hearingId, recipient: { name: 'Әлия', channel: 'cabinet', filingId: filing.id } } as const;
  await desk.send('summons.issue', { ...summons, ...(await desk.upload(Buffer.from('%PDF summons'))) }, clerk);
  expect(await cabinet('hearings', filing.cabinetNumber)).toMatchObject({
    code: 0,
    json: { hearings: [{ id: hearingId, place: 'Алматы' }] },
  });
  const out = tempDir();
  const name = `summons-${summons.summonsId}.pdf`;
  expect(await cabinet('summonses', filing.cabinetNumber, '--out', out)).toEqual({ code: 0, json: [name] });
  expect(fs.readFileSync(path.join(out, name), 'utf8')).toBe('%PDF summons');
  expect((await cabinet('summonses', filing.cabinetNumber)).code).toBe(64);
});

it('what the court gives lands in the named folder, whatever its file is called', async () => {
  const copy = await paper('%PDF a copy', '../../../evil.pdf');
  await desk.send('request.fulfil', { filingId: filing.id, documents: [copy], note: 'Берілді' }, clerk);
  const out = path.join(tempDir(), 'given');
  const name = `${copy.sha256.slice(0, 16)}.pdf`;
  expect(await cabinet('fulfilment', filing.cabinetNumber, '--out', out)).toMatchObject({
    code: 0,
    json: { note: 'Берілді', files: [{ title: '%PDF a copy', file: name }] },
  });
  expect(fs.readdirSync(out)).toEqual([name]);

  const page = await paper('%PDF a page', 'page');
  const grant = { grantId: randomUUID(), filingId: filing.id, person: 'Әлия', documents: [page], until: '2099-01-01T00:00:00Z' };
  await desk.send('case-file.grant', grant, judge);
  expect(await cabinet('case-file', filing.cabinetNumber, '--out', out)).toEqual({
    code: 0,
    json: [{ title: '%PDF a page', file: page.sha256.slice(0, 16) }],
  });
  expect((await desk.feed()).filter(({ kind }) => kind === 'case-file.seen')).toHaveLength(1);
});

it('a survey is read and answered', async () => {
  const surveyId = randomUUID();
  await desk.send('survey.ask', { surveyId, filingId: filing.id, step: 'outcome', questionSet: 'outcome-1' }, clerk);
  const { json } = await cabinet('surveys', filing.cabinetNumber);
  expect(json.surveys[0].questions.map(({ kk }: { kk: string }) => kk)).toContain('Нені жақсартуға болады?');
  const answers = file({
    answers: [
      { question: 'clarity', value: 5 },
      { question: 'service', value: 4 },
    ],
  });
  expect(await cabinet('answer', filing.cabinetNumber, '--survey', surveyId, '--answers', answers)).toMatchObject({
    code: 0,
    json: { id: surveyId, answeredAt: expect.any(String) },
  });
  expect((await cabinet('answer', filing.cabinetNumber, '--survey', surveyId)).code).toBe(64);
});

it('a paper is checked', async () => {
  await desk.send('talon.issue', { filingId: filing.id, ...(await desk.upload(Buffer.from('%PDF talon'))), qr: 'qr' }, clerk);
  expect(await cabinet('check', incomingNumber)).toMatchObject({
    code: 0,
    json: { found: true, original: { paper: 'talon', incomingNumber } },
  });
  expect(await cabinet('check', '9900-26-999999')).toEqual({ code: 0, json: { found: false, original: null } });
});

it('a registry does not start with a configuration of notifications that is wrong, and does not quote it', async () => {
  const secret = 'a secret that nobody may read in a terminal';
  for (const wrong of [{ gateway: { url: 'ftp://x', secret, channels: ['sms'] } }, { smtp: { password: secret } }, { unknown: secret }]) {
    const run = await runKense(['registry', '--notifications', file(wrong)], { home });
    expect(run.code).toBe(64);
    expect(run.stderr).toContain('--notifications');
    expect(run.stderr + run.stdout).not.toContain(secret);
  }
  expect((await runKense(['registry', '--notifications', 'nowhere.json'], { home })).code).toBe(64);
});
