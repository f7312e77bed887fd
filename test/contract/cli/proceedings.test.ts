import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitFiling } from '../../../main/sync/index.ts';
import { REGISTRY_PATHS, type CabinetHearings, type Fulfilment } from '../../../shared/registry/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
const SENDER = 'Әлия Өмірбекова';
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
const read = async <T>(address: string) => (await (await fetch(registry.url + address)).json()) as T;

it('a request is heard, summoned, answered, opened and asked about from the command line', { timeout: 240_000 }, async () => {
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  expect(await office(['enrol', '--registry', registry.url, '--code', code, '--training'])).toMatchObject({ code: 0 });
  const folder = {
    ...{ court: '9900', kind: 'copy_request', language: 'kk' as const },
    parties: [{ side: 'claimant', type: 'person', iin: '870131400012', name: SENDER }],
    documents: [{ role: 'copy_request', title: 'Өтініш', file: 'otinish.pdf', signatures: [] }],
  };
  const paper = new Uint8Array(Buffer.from('%PDF-1.7 өтініш'));
  const sent = must(await submitFiling({ registryUrl: registry.url, folder, read: () => Promise.resolve(paper), idempotencyKey: newId() }));
  const { id, cabinetNumber } = sent;
  await office(['pull']);
  expect(await office(['hearing', 'set', id, '--at', '2030-12-03T05:00:00Z', '--place', 'Астана'])).toMatchObject({
    json: { error: { code: 'move-not-allowed' } },
  });
  expect(await office(['register', id])).toMatchObject({ code: 0, json: { state: 'registered' } });

  const set = await office(['hearing', 'set', id, '--at', '2030-12-01T05:00:00Z', '--place', 'Астана', '--room', '214']);
  expect(set).toMatchObject({ code: 0, json: { revision: 1, warnings: ['day-off'] } });
  const { hearing } = set.json as { hearing: string };
  const moved = ['hearing', 'set', id, '--hearing', hearing, '--at', '2030-12-03T05:00:00Z', '--place', 'Астана'];
  expect(await office([...moved, '--link', 'https://video.example.kz/r/7', '--to', `${SENDER}=cabinet`])).toMatchObject({
    code: 0,
    json: { revision: 2, warnings: [] },
  });
  expect(await office([...moved, '--link', 'http://video.example.kz/'])).toMatchObject({
    code: 1,
    json: { error: { code: 'input-invalid' } },
  });
  expect(await office(['hearing', 'set', id])).toMatchObject({ code: 64 });
  const again = await office([...moved, '--link', 'https://video.example.kz/r/7', '--to', `${SENDER}=cabinet`]);
  expect(again.json).toMatchObject({ hearing, revision: 2 });
  const summoned = await office(['summons', hearing]);
  expect(summoned.json).toMatchObject({ hearing, summonses: [expect.any(String)] });
  expect((await office(['summons', hearing])).json).toEqual(summoned.json);

  const minutes = path.join(tempDir(), 'koshirme.pdf');
  fs.writeFileSync(minutes, '%PDF-1.7 көшірме');
  expect(await office(['fulfil', id, '--file', path.join(home, 'missing.pdf')])).toMatchObject({
    json: { error: { code: 'file-unreadable' } },
  });
  expect(await office(['fulfil', id, '--file', minutes, '--note', 'Көшірме берілді'])).toMatchObject({ code: 0 });
  expect(await office(['fulfil', id, '--file', minutes, '--note', 'Көшірме берілді'])).toMatchObject({ code: 0 });
  const asked = await office(['survey', 'ask', id, '--set', 'outcome-1']);
  expect(asked.code).toBe(0);
  expect((await office(['survey', 'ask', id, '--set', 'outcome-1'])).json).toEqual(asked.json);
  expect(await office(['grant', id, '--to', SENDER, '--until', '2030-12-31T18:00:00Z'])).toMatchObject({
    json: { error: { code: 'role-not-allowed' } },
  });
  expect((await office(['proceedings', id])).json).toMatchObject({
    hearings: [{ standing: { state: 'waiting' } }],
    fulfilment: { standing: { state: 'waiting' } },
  });
  expect(await office(['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });

  const head = path.join(profile, 'training', 'keys', 'office-head.p12');
  expect(await office(['sign-in', '--key', head, '--pin-stdin'], '123456\n')).toMatchObject({ code: 0 });
  const granted = await office(['grant', id, '--to', SENDER, '--until', '2030-12-31T18:00:00Z']);
  expect(granted).toMatchObject({ code: 0, json: { documents: 1 } });
  expect((await office(['grant', id, '--to', SENDER, '--until', '2030-12-31T18:00:00Z'])).json).toEqual(granted.json);
  const { grant } = granted.json as { grant: string };
  expect(await office(['withdraw', grant, '--reason', 'Қателік'])).toMatchObject({ code: 0, json: { withdrawn: true } });
  expect(await office(['hearing', 'cancel', hearing, '--reason', 'Судья ауырып қалды'])).toMatchObject({ code: 0 });
  expect(await office(['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });

  const [seen] = (await read<CabinetHearings>(REGISTRY_PATHS.cabinetHearings(cabinetNumber))).hearings;
  expect(seen!.changes.map(({ event }) => event)).toEqual(['hearing-set', 'hearing-moved', 'hearing-cancelled']);
  expect(seen!.summonses).toHaveLength(1);
  expect(await read<Fulfilment>(REGISTRY_PATHS.cabinetFulfilment(cabinetNumber))).toMatchObject({
    note: 'Көшірме берілді',
    documents: [{ fileName: 'koshirme.pdf' }],
  });
  const told = await office(['deliveries', id]);
  expect(told.json).toMatchObject({ live: true });
  expect((told.json as { deliveries: { notice: string; state: string }[] }).deliveries).toContainEqual(
    expect.objectContaining({ notice: 'request-fulfilled', state: 'delivered' }),
  );
  expect((await office(['survey', 'sums'])).json).toContainEqual(expect.objectContaining({ questionSet: 'outcome-1', count: 0 }));
});
