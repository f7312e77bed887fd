import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitFiling } from '../../../main/sync/index.ts';
import { REGISTRY_PATHS } from '../../../shared/registry/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
const SENDER = 'Әлия Өмірбекова';
const OTHER = 'Ғани Мысалов';
const ADDRESS = 'Алматы қаласы, Абай даңғылы, 1-үй';
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
});
afterAll(async () => {
  const gone = once(registry.child, 'exit');
  registry.child.kill('SIGTERM');
  await gone;
});

async function office(args: string[], input?: string) {
  const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home, ...(input === undefined ? {} : { input }) });
  return { code: run.code, json: run.stdout === '' ? null : JSON.parse(run.stdout) };
}

it('a signed act is sent, seen, posted and proven from the command line', { timeout: 480_000 }, async () => {
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  expect(await office(['enrol', '--registry', registry.url, '--code', code, '--training'])).toMatchObject({ code: 0 });
  const parties = [
    { side: 'claimant', type: 'person', iin: '870131400012', name: SENDER },
    { side: 'respondent', type: 'person', name: OTHER },
  ];
  const documents = [{ role: 'claim', title: 'Талап', file: 'talap.pdf', signatures: [] }];
  const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties, documents };
  const paper = new Uint8Array(Buffer.from('%PDF-1.7 талап'));
  const sent = must(await submitFiling({ registryUrl: registry.url, folder, read: () => Promise.resolve(paper), idempotencyKey: newId() }));
  await office(['pull']);
  await office(['flag', sent.id, '--defect', 'signature']);
  expect(await office(['register', sent.id])).toMatchObject({ code: 0 });
  await office(['sync']);
  const judge = path.join(profile, 'training', 'keys', 'judge.p12');
  const signed = await office(['sign-act', sent.id, '--key', judge, '--pin-stdin', '--unsent'], '123456\n');
  const { act } = signed.json as { act: string };

  expect((await office(['dispatch', 'list'])).json).toMatchObject([{ actId: act, issued: false, recipients: [] }]);
  expect((await office(['deliveries', sent.id])).json).toMatchObject({ dispatches: [{ act, issued: false, recipients: [] }] });
  expect(await office(['dispatch', act, '--recipient', 'Бөгде'])).toMatchObject({ code: 64 });
  expect(await office(['dispatch', act, '--recipient', `${OTHER}=post`])).toMatchObject({
    code: 1,
    json: { error: { code: 'address-unusable' } },
  });
  const other = ['dispatch', act, '--recipient', SENDER, '--recipient', `${OTHER}=post:${ADDRESS}`];
  const queued = await office(other);
  expect(queued.json).toMatchObject({ issued: false, recipients: [{ state: 'queued' }, { state: 'queued' }] });
  expect((await office(other)).json, 'the same again tells nobody twice').toEqual(queued.json);
  expect(await office(['dispatch', 'paper', act, '--paper', 'check', '--out', path.join(home, 'c.pdf')])).toMatchObject({
    json: { error: { code: 'not-yet-issued' } },
  });
  expect(await office(['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });
  await office(['pull']);

  const state = async (name: string) =>
    (
      (await office(['deliveries', sent.id])).json as {
        dispatches: { recipients: { name: string; state: string; task: string | null }[] }[];
      }
    ).dispatches[0]?.recipients.find((recipient) => recipient.name === name);
  expect(await state(OTHER)).toMatchObject({ state: 'waiting', task: 'letter' });
  expect((await fetch(registry.url + REGISTRY_PATHS.cabinetAct(sent.cabinetNumber, act))).status).toBe(200);
  expect(await state(SENDER)).toMatchObject({ state: 'read' });

  const letter = path.join(home, 'letter.pdf');
  expect(await office(['dispatch', 'paper', act, '--paper', 'letter', '--recipient', OTHER, '--out', letter])).toMatchObject({ code: 0 });
  expect(fs.readFileSync(letter).subarray(0, 5).toString()).toBe('%PDF-');
  const record = (event: string, ...more: string[]) => office(['dispatch', 'letter', act, '--recipient', OTHER, '--event', event, ...more]);
  expect(await record('handed-over', '--number', 'RR123456789KZ', '--day', '2026-01-02')).toMatchObject({ code: 0 });
  await office(['sync']);
  expect(await state(OTHER)).toMatchObject({ state: 'sent' });
  expect(await record('returned', '--day', '2026-01-09')).toMatchObject({ code: 0 });
  await office(['sync']);
  expect(await state(OTHER)).toMatchObject({ state: 'failed', task: 'failed' });
  const again = ['dispatch', 'again', act, '--recipient', `${OTHER}=post:Алматы қаласы, Төле би, 2`];
  expect(await office(again)).toMatchObject({ code: 64 });
  expect(await office([...again, '--reason', 'жаңа мекенжай'])).toMatchObject({ code: 0 });
  await office(['sync']);
  expect(await state(OTHER)).toMatchObject({ state: 'waiting', task: 'letter' });
  expect((await office(['journal', 'check'])).code).toBe(0);
});
