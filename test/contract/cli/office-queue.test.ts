import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSamples, submitSample } from '../../../main/core/index.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { openDataKey, openStore, profilePaths } from '../../../main/store/index.ts';
import { makeQueueBase } from '../../bench/queue-base.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;
let id: string;
let cabinetNumber: string;

const office = async (...args: string[]) => {
  const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home });
  return { code: run.code, json: (run.stdout === '' ? null : JSON.parse(run.stdout)) as Record<string, unknown> | null };
};

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  await office('enrol', '--registry', registry.url, '--code', code, '--training');
  const clock = () => new Date().toISOString();
  const samples = must(await makeSamples({ profileDir: profile, resourcesDir: RESOURCES, clock, sampleFilings: 1 }));
  ({ id } = must(await submitSample(registry.url, samples[0]!, 'a')));
  await office('pull');
  cabinetNumber = ((await office('queue')).json as unknown as { cabinetNumber: string }[])[0]!.cabinetNumber;
}, 120_000);
afterAll(() => {
  registry.child.removeAllListeners('exit');
  registry.child.kill('SIGTERM');
});

it('takes, puts off, finds and answers a call, and sends what was decided', { timeout: 120_000 }, async () => {
  expect(await office('assign', id, '--to', 'me')).toMatchObject({ code: 0, json: { changed: [id] } });
  expect(await office('assign', id, '--to', 'me')).toMatchObject({ code: 0, json: { changed: [] } });
  expect(await office('assign', id, '--to', 'Nobody Known')).toMatchObject({ code: 1, json: { error: { code: 'user-unknown' } } });
  expect((await office('assign', id)).code).toBe(64);

  expect(await office('postpone', id, '--until', '2099-01-12', '--reason', 'сұрау салынды')).toMatchObject({
    code: 0,
    json: { changed: [id] },
  });
  expect(await office('assign', 'next')).toMatchObject({ code: 0, json: { changed: [] } });
  expect(await office('postpone', id, '--until', '2001-01-12', '--reason', 'x')).toMatchObject({
    code: 1,
    json: { error: { code: 'input-invalid' } },
  });
  expect(await office('postpone', id, '--until', 'now')).toMatchObject({ code: 0, json: { changed: [id] } });
  expect(await office('assign', 'next')).toMatchObject({ code: 0, json: { id } });

  expect(await office('find', cabinetNumber.slice(-5))).toMatchObject({ code: 0, json: { filings: [{ id, cabinetNumber }] } });
  expect(await office('card', cabinetNumber)).toMatchObject({ code: 0, json: [{ filingId: id, numbers: [cabinetNumber] }] });
  expect(await office('card', cabinetNumber.slice(-5))).toMatchObject({ code: 1, json: { error: { code: 'not-found' } } });

  expect(await office('sync')).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });
  const look = async () => ((await office('show', id)).json as unknown as { history: { action: string; details: object }[] }).history;
  const looks = (all: { action: string }[]) => all.filter(({ action }) => action === 'filing.viewed').length;
  const history = await look();
  // this look is told to the next one
  expect(looks(await look())).toBe(looks(history) + 1);
  const done = history.map(({ action }) => action);
  for (const action of ['filing.assigned', 'filing.postponed', 'filing.resumed', 'filing.told-on-call']) expect(done).toContain(action);
  expect(history.find(({ action }) => action === 'filing.told-on-call')!.details).toEqual({ purpose: 'call 1401' });
});

it('lists every filing of a large court, the open ones first', { timeout: 120_000 }, async () => {
  const opened = must(openStore(profilePaths(profile).database, must(openDataKey(profile, { kind: 'open' }))));
  makeQueueBase(opened, loadReference(RESOURCES).calendarOn('2026-11-21'), { stored: 5_400, open: 200 });
  const known = opened.read.get<{ n: number }>('SELECT count(*) AS n FROM filing')!.n;
  const lastRegisteredFirst = opened.read.all<{ id: string }>(
    'SELECT id FROM filing WHERE registered_at IS NOT NULL ORDER BY registered_at DESC, id DESC',
  );
  opened.close();
  const { code, json } = await office('queue');
  const listed = json as unknown as { id: string; state: string; verdict: string; incomingNumber: string | null }[];
  expect([code, listed.length, new Set(listed.map((filing) => filing.id)).size]).toEqual([0, known, known]);
  const isOpen = listed.map(({ state }) => state === 'received' || state === 'checking');
  const open = isOpen.filter(Boolean).length;
  expect(open).toBeGreaterThanOrEqual(200);
  expect(isOpen.lastIndexOf(true)).toBe(open - 1);
  expect(listed.slice(open).map((filing) => filing.id)).toEqual(lastRegisteredFirst.map((filing) => filing.id));
  expect(listed.at(-1)).toMatchObject({ verdict: 'valid', incomingNumber: expect.stringMatching(/^9900-/) as string });
});
