import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSamples, submitSample } from '../../../main/core/index.ts';
import { openDataKey, openStore, profilePaths } from '../../../main/store/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;
let id: string;

const office = async (...args: string[]) => {
  const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home });
  return { code: run.code, json: (run.stdout === '' ? null : JSON.parse(run.stdout)) as Record<string, unknown> | null };
};
const signIn = async (role: string) => {
  const key = path.join(profilePaths(profile).training, 'keys', `${role}.p12`);
  const args = ['office', 'sign-in', '--key', key, '--pin-stdin', '--profile', profile, '--json'];
  expect((await runKense(args, { home, input: '123456\n' })).code).toBe(0);
};
const refused = (code: string, params = {}) => ({ code: 1, json: { error: { code, ...params } } });
const opened = () => must(openStore(profilePaths(profile).database, must(openDataKey(profile, { kind: 'open' }))));
const entries = (action: string): number => {
  const store = opened();
  const { n } = store.read.get<{ n: number }>('SELECT count(*) AS n FROM journal WHERE action = ?', action)!;
  store.close();
  return n;
};

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  await office('enrol', '--registry', registry.url, '--code', code, '--training');
  const clock = () => new Date().toISOString();
  const samples = must(await makeSamples({ profileDir: profile, resourcesDir: RESOURCES, clock, sampleFilings: 1 }));
  ({ id } = must(await submitSample(registry.url, samples[0]!, 'a')));
  await office('pull');
}, 120_000);
afterAll(() => {
  registry.child.removeAllListeners('exit');
  registry.child.kill('SIGTERM');
});

it('a file that cannot be written is a failure with its code, as one document', { timeout: 60_000 }, async () => {
  expect(await office('register', id)).toMatchObject({ code: 0 });
  await signIn('office-head');
  for (const args of [
    ['talon', id],
    ['journal', 'export'],
  ])
    expect(await office(...args, '--out', home)).toMatchObject(refused('file-not-saved'));
  expect(fs.readdirSync(path.dirname(home)).filter((name) => name.startsWith(path.basename(home)) && name !== path.basename(home))).toEqual(
    [],
  );
});

it('a profile whose database another program holds is told as such', { timeout: 60_000 }, async () => {
  const holder = new Database(profilePaths(profile).database);
  holder.pragma(`key = "raw:${Buffer.from(must(openDataKey(profile, { kind: 'open' }))).toString('hex')}"`);
  holder.exec('BEGIN IMMEDIATE');
  expect(await office('status')).toMatchObject(refused('profile-in-use'));
  holder.exec('ROLLBACK');
  holder.close();
  expect((await office('status')).code).toBe(0);
});

it('an export of a period without entries is no export', { timeout: 60_000 }, async () => {
  const before = entries('journal.exported');
  const out = path.join(tempDir(), 'none.gz');
  const period = ['--from', '2001-01-01T00:00:00Z', '--until', '2001-02-01T00:00:00Z'];
  expect(await office('journal', 'export', '--out', out, ...period)).toMatchObject(refused('journal-empty'));
  expect([entries('journal.exported'), fs.existsSync(out)]).toEqual([before, false]);
  await signIn('secretary');
});

it('a filing that is not there cannot be let go', { timeout: 60_000 }, async () => {
  expect(await office('let-go', 'bogus')).toMatchObject(refused('not-found'));
});

it('a moment after which no term could end is no moment', { timeout: 60_000 }, async () => {
  expect((await office('register', id, '--now', '9999-12-30T06:00:00Z')).code).toBe(64);
});

it('after signing out nobody looks at anything or does anything, until somebody signs in', { timeout: 120_000 }, async () => {
  expect((await office('show', id)).code).toBe(0);
  expect((await office('sign-out')).code).toBe(0);
  const signedIn = entries('session.signed-in');
  for (const args of [
    ['queue'],
    ['show', id],
    ['verify', id],
    ['talon', id, '--out', path.join(tempDir(), 't.pdf')],
    ['register', id],
    ['sign-out'],
  ])
    expect(await office(...args), args[0]).toMatchObject(refused('not-signed-in'));
  expect(entries('session.signed-in')).toBe(signedIn);
  await signIn('secretary');
  expect((await office('show', id)).code).toBe(0);
});
