import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
const dir = tempDir();
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;

const office = async (...args: string[]) => {
  const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home });
  return { code: run.code, json: (run.stdout === '' ? null : JSON.parse(run.stdout)) as { id: string } | null };
};
const filings = async () => ((await office('queue')).json as unknown as { id: string }[]).map(({ id }) => id).sort();
const describeFiling = (folder: string, claimant: string, more: object = {}) =>
  writeFileSync(
    path.join(folder, 'filing.json'),
    JSON.stringify({
      ...{ court: '9900', kind: 'claim', language: 'kk', claimValue: '1500000.00' },
      parties: [
        { side: 'claimant', type: 'person', iin: '870131400012', name: claimant },
        { side: 'respondent', type: 'organisation', bin: '980140001231', name: '«Өркен» ЖШС' },
      ],
      payment: null,
      documents: [{ role: 'claim', title: 'Талап қою арызы', file: 'claim.txt', signatures: [] }],
      ...more,
    }),
  );

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  await office('enrol', '--registry', registry.url, '--code', code, '--training');
  await office('pull');
  describeFiling(dir, 'Әлия Өмірбекова');
  writeFileSync(path.join(dir, 'claim.txt'), 'талап');
}, 120_000);
afterAll(() => {
  registry.child.removeAllListeners('exit');
  registry.child.kill('SIGTERM');
});

it('a folder without an id is one filing however often it is taken; other bytes are another', { timeout: 120_000 }, async () => {
  const first = await office('take-paper', dir);
  expect(first).toMatchObject({ code: 0, json: { state: 'received', documents: 1 } });
  const { id } = first.json!;
  // as somebody does who saw no answer, also from a copy of the folder
  const copy = tempDir();
  cpSync(dir, copy, { recursive: true });
  for (const again of [dir, copy]) expect((await office('take-paper', again)).json).toMatchObject({ id });
  expect(await filings()).toEqual([id]);

  describeFiling(copy, 'Бауыржан Өмірбеков');
  const otherName = (await office('take-paper', copy)).json!.id;
  writeFileSync(path.join(dir, 'claim.txt'), 'басқа талап');
  const otherBytes = (await office('take-paper', dir)).json!.id;
  expect(new Set([id, otherName, otherBytes]).size).toBe(3);
  expect(await filings()).toEqual([id, otherName, otherBytes].sort());
});
