import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { editDatabase } from '../../support/desk/edit-database.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
});
afterAll(async () => {
  registry.child.removeAllListeners('exit');
  const gone = once(registry.child, 'exit');
  registry.child.kill('SIGTERM');
  await gone;
});

async function office(args: string[], input?: string) {
  const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home, ...(input === undefined ? {} : { input }) });
  return { code: run.code, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as unknown) };
}
const decide = (role: string) =>
  office(
    ['journal', 'accept', '--key', path.join(profile, 'training', 'keys', `${role}.p12`), '--pin-stdin', '--reason', 'known to the office'],
    '123456\n',
  );

it('kense office tells of an edited journal in sync, status and journal check, until the head of office has decided', async () => {
  await office(['enrol', '--registry', registry.url, '--code', registry.courts[0]!.enrolmentCode, '--training']);
  expect(await office(['sync'])).toMatchObject({ code: 0 });
  expect(await office(['journal', 'check'])).toMatchObject({
    code: 0,
    json: { chain: 'ok', brokenAt: null, anchored: { entries: expect.any(Number) }, compared: true, finding: null },
  });
  expect(await office(['status'])).toMatchObject({ code: 0, json: { journal: { chain: 'ok' }, finding: null } });

  editDatabase(profile, (db) => db.prepare("UPDATE journal SET details = '{}' WHERE seq = 2").run());
  const finding = { code: 'journal-edited', entry: 2 };
  expect(await office(['sync'])).toMatchObject({ code: 1, json: { error: { code: 'journal-edited', params: { entry: 2 } } } });
  expect(await office(['status'])).toMatchObject({ code: 0, json: { journal: { chain: 'broken' }, finding } });
  expect(await office(['journal', 'check'])).toMatchObject({ code: 1, json: { chain: 'broken', brokenAt: 2, compared: true, finding } });

  expect(await decide('secretary')).toMatchObject({ code: 1, json: { error: { code: 'role-not-allowed' } } });
  expect((await office(['journal', 'accept'])).code).toBe(64);
  expect(await decide('office-head')).toMatchObject({ code: 0, json: { accepted: true } });
  expect(await office(['sync'])).toMatchObject({ code: 0 });
  // from the accepted entry on it is whole, and the check says up to where it was accepted and by whom
  expect(await office(['status'])).toMatchObject({ json: { journal: { chain: 'ok' }, finding: null } });
  expect(await office(['journal', 'check'])).toMatchObject({
    code: 0,
    json: { chain: 'ok', accepted: { entries: expect.any(Number), by: expect.any(String) } },
  });
});
