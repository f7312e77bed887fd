import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSamples, submitSample } from '../../../main/core/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const folder = tempDir();
const ids: string[] = [];
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;

const office = async (desk: string, args: string[], input?: string) => {
  const run = await runKense(['office', ...args, '--profile', path.join(folder, desk), '--json'], {
    home,
    ...(input === undefined ? {} : { input }),
  });
  return { code: run.code, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as unknown) };
};
const key = (desk: string, role: string) => path.join(folder, desk, 'training', 'keys', `${role}.p12`);

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  for (const desk of ['one', 'two']) await office(desk, ['enrol', '--registry', registry.url, '--code', code, '--training']);
  const samples = must(
    await makeSamples({
      profileDir: path.join(folder, 'one'),
      resourcesDir: RESOURCES,
      clock: () => new Date().toISOString(),
      sampleFilings: 1,
    }),
  );
  for (const name of ['a', 'b', 'c']) ids.push(must(await submitSample(registry.url, samples[0]!, name)).id);
  for (const desk of ['one', 'two']) await office(desk, ['pull']);
}, 120_000);
afterAll(() => {
  registry.child.removeAllListeners('exit');
  registry.child.kill('SIGTERM');
});

it('two desks register different filings at once, and one filing once', { timeout: 240_000 }, async () => {
  const [first, second, third] = ids as [string, string, string];
  const [one, two] = await Promise.all([office('one', ['register', first]), office('two', ['register', second])]);
  expect([one.code, two.code]).toEqual([0, 0]);
  const numbers = [one, two].map((answer) => (answer.json as { incomingNumber: string }).incomingNumber);
  expect(numbers[0]).not.toBe(numbers[1]);

  expect(await office('two', ['register', first])).toMatchObject({ code: 1, json: { error: { code: 'lease-held' } } });
  await office('one', ['sync']);
  expect(await office('two', ['register', first])).toMatchObject({ code: 1, json: { error: { code: 'already-registered' } } });

  expect(await office('one', ['hold', third])).toMatchObject({ code: 0, json: { held: true } });
  await office('two', ['pull']);
  const row = ((await office('two', ['queue'])).json as { id: string; heldBy: string | null }[]).find(({ id }) => id === third)!;
  expect(row.heldBy).not.toBeNull();
  await office('one', ['pull']);
  expect(await office('two', ['register', third]), 'still held after another round').toMatchObject({
    json: { error: { code: 'lease-held' } },
  });

  expect(await office('two', ['take-over', third, '--reason', 'x'])).toMatchObject({
    code: 1,
    json: { error: { code: 'role-not-allowed' } },
  });
  await office('two', ['sign-in', '--key', key('two', 'office-head'), '--pin-stdin'], '123456\n');
  expect((await office('two', ['take-over', third])).code).toBe(64);
  expect(await office('two', ['take-over', third, '--reason', 'Хатшы ауырып қалды'])).toMatchObject({ code: 0, json: { held: true } });
  expect(await office('two', ['register', third])).toMatchObject({ code: 0 });
  for (const desk of ['two', 'one', 'two', 'one'])
    expect(await office(desk, ['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });

  const accounts = (await office('one', ['numbers'])).json as { series: string; used: number[]; void: number[] }[];
  expect(accounts.filter(({ series }) => series === 'incoming').flatMap(({ used }) => used)).toHaveLength(3);
  expect(await office('one', ['give-back'])).toMatchObject({ code: 0, json: { outboxLeft: 0 } });
  const after = (await office('two', ['numbers'])).json as { returned: object | null }[];
  expect(after.some(({ returned }) => returned !== null)).toBe(true);
});

it('without a line a desk among several registers what it holds and says of the rest why not', { timeout: 240_000 }, async () => {
  const samples = must(
    await makeSamples({
      profileDir: path.join(folder, 'one'),
      resourcesDir: RESOURCES,
      clock: () => new Date().toISOString(),
      sampleFilings: 1,
    }),
  );
  const fresh: string[] = [];
  for (const name of ['d', 'e']) fresh.push(must(await submitSample(registry.url, samples[0]!, name)).id);
  const [held, free] = fresh as [string, string];
  for (const desk of ['one', 'two']) await office(desk, ['pull']);
  await office('one', ['hold', held]);
  registry.child.removeAllListeners('exit');
  const stopped = new Promise((resolve) => registry.child.once('exit', resolve));
  registry.child.kill('SIGTERM');
  await stopped;
  expect(await office('one', ['register', held])).toMatchObject({ code: 0, json: { incomingNumber: expect.any(String) } });
  expect(await office('one', ['register', free])).toMatchObject({ code: 1, json: { error: { code: 'lease-missing' } } });
  expect(await office('two', ['register', held])).toMatchObject({ code: 1 });
  expect(await office('two', ['register', free])).toMatchObject({ code: 1, json: { error: { code: 'lease-missing' } } });
});
