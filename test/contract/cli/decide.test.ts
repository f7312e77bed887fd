import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSamples, submitSample } from '../../../main/core/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
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
  return { code: run.code, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as Record<string, unknown>) };
}
const signIn = (name: string) =>
  office(['sign-in', '--key', path.join(profile, 'training', 'keys', `${name}.p12`), '--pin-stdin'], '123456\n');

it('a judge asks, the office answers, the judge decides otherwise and signs it', { timeout: 240_000 }, async () => {
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  expect(await office(['enrol', '--registry', registry.url, '--code', code, '--training'])).toMatchObject({ code: 0 });
  const clock = () => new Date().toISOString();
  const [sample] = must(await makeSamples({ profileDir: profile, resourcesDir: RESOURCES, clock, sampleFilings: 1 }));
  const { id, cabinetNumber } = must(await submitSample(registry.url, sample!, 'decide'));
  await office(['pull']);
  expect(await office(['register', id])).toMatchObject({ code: 0, json: { state: 'with-judge' } });
  expect(await office(['decide', id, '--decision', 'accept'])).toMatchObject({ code: 1, json: { error: { code: 'role-not-allowed' } } });

  await signIn('judge');
  const asked = await office(['send-back', id, '--comment', 'Баж төленген бе?']);
  expect(asked).toMatchObject({ code: 0, json: { talk: [{ kind: 'sent-back', text: 'Баж төленген бе?' }] } });
  expect(await office(['send-back', id, '--comment', 'Баж төленген бе?']), 'a repeated command').toEqual(asked);
  await signIn('secretary');
  const answered = await office(['answer', id, '--comment', 'Жоқ', '--decision', 'return', '--ground', 'fee=түбіртек жоқ']);
  expect(answered).toMatchObject({ code: 0, json: { kind: 'ruling-return', talk: [{}, { kind: 'answered', text: 'Жоқ', version: 2 }] } });

  await signIn('judge');
  expect(await office(['decide', id, '--decision', 'appeal'])).toMatchObject({ code: 64 });
  expect(await office(['decide', id, '--decision', 'transfer', '--ground', '34.2'])).toMatchObject({ code: 64 });
  expect(await office(['decide', id, '--decision', 'refuse', '--ground', '152.1.1'])).toMatchObject({
    json: { error: { code: 'input-invalid', params: { field: 'grounds' } } },
  });
  const transfer = ['decide', id, '--decision', 'transfer', '--ground', '34.2=жауапкердің мекенжайы', '--court', '1094'];
  const decided = await office(transfer);
  expect(decided).toMatchObject({
    code: 0,
    json: {
      kind: 'ruling-transfer',
      state: 'draft',
      grounds: [{ code: '34.2', note: 'жауапкердің мекенжайы' }],
      transferTo: { code: '1094' },
    },
  });
  expect(await office(transfer), 'a repeated command').toEqual(decided);
  const key = path.join(profile, 'training', 'keys', 'judge.p12');
  expect(await office(['sign-act', id, '--key', key, '--pin-stdin'], '123456\n')).toMatchObject({
    json: { kind: 'ruling-transfer', state: 'signed' },
  });
  for (const next of [['sync'], ['dispatch', String(decided.json?.['act'])], ['sync']])
    expect(await office(next)).toMatchObject({ code: 0 });
  const status = await runKense(['cabinet', 'status', cabinetNumber, '--registry', registry.url, '--json'], { home });
  expect(JSON.parse(status.stdout)).toMatchObject({
    state: 'transferred',
    acts: [
      { kind: 'ruling-transfer', decision: { grounds: ['34.2'], transferTo: { code: '1094' }, terms: [{ id: 'gpk.private_complaint' }] } },
    ],
  });
});
