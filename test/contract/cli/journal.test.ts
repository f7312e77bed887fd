import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
const archive = path.join(tempDir(), 'journal.gz');
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;

const json = async (args: string[], input?: string) => {
  const run = await runKense([...args, '--json'], { home, ...(input === undefined ? {} : { input }) });
  return { code: run.code, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as unknown) };
};
const office = (args: string[], input?: string) => json(['office', ...args, '--profile', profile], input);
const check = (file: string) => json(['journal', 'check', file, '--trust', path.join(profile, 'talon-trust')]);
const signIn = (role: string) =>
  office(['sign-in', '--key', path.join(profile, 'training', 'keys', `${role}.p12`), '--pin-stdin'], '123456\n');
const lines = (file: string) => gunzipSync(fs.readFileSync(file)).toString('utf8').trimEnd().split('\n');

/** The archive with its lines changed, packed again. */
function changed(edit: (all: string[]) => string[]): string {
  const file = path.join(tempDir(), 'changed.gz');
  fs.writeFileSync(file, gzipSync(`${edit(lines(archive)).join('\n')}\n`));
  return file;
}

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
  await office(['enrol', '--registry', registry.url, '--code', registry.courts[0]!.enrolmentCode, '--training']);
  await office(['sync']);
  await office(['sync']);
});
afterAll(async () => {
  registry.child.removeAllListeners('exit');
  const gone = once(registry.child, 'exit');
  registry.child.kill('SIGTERM');
  await gone;
});

it('the journal of everybody is for the head of office and the administrator alone', async () => {
  await signIn('secretary');
  for (const verb of [['list'], ['export', '--out', archive], ['who-saw', '--person', '000000000000']])
    expect(await office(['journal', ...verb])).toMatchObject({ code: 1, json: { error: { code: 'role-not-allowed' } } });
  expect(fs.existsSync(archive)).toBe(false);
});

it('an exported journal is checked without a database, and says what the registry had signed of it', async () => {
  await signIn('office-head');
  const saved = await office(['journal', 'export', '--out', archive]);
  expect(saved).toMatchObject({ code: 0, json: { entries: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  expect(await check(archive)).toMatchObject({
    code: 0,
    json: { valid: true, reason: null, from: 1, court: '9900', training: true, anchored: { entries: expect.any(Number) } },
  });
  const [head, ...rest] = lines(archive).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rest.at(-2)).toMatchObject({ action: 'journal.exported' });
  const checked = (await check(archive)).json as { anchored: { keySha256: string } };
  expect(checked).toMatchObject({ entries: rest.length - 1 });
  const inWords = await runKense(['journal', 'check', archive, '--trust', path.join(profile, 'talon-trust')], { home });
  expect(inWords.stdout).toMatch(/^valid: TRAINING, .*; the registry signed the first \d+ at .*, key [0-9a-f]{64}\n$/);
  const byKey = (key: string) => json(['journal', 'check', archive, '--trust', path.join(profile, 'talon-trust'), '--registry-key', key]);
  expect(await byKey(checked.anchored.keySha256)).toMatchObject({ code: 0, json: { valid: true } });
  expect(await byKey('0'.repeat(64))).toMatchObject({ code: 1, json: { reason: 'anchor-differs' } });
  expect((await byKey('x')).code).toBe(64);

  // OpenSSL says the same of the signature
  const dir = tempDir();
  const at = (name: string, content: string | Buffer) => {
    fs.writeFileSync(path.join(dir, name), content);
    return path.join(dir, name);
  };
  const end = rest.at(-1) as { sha256: string; signature: string };
  const raw = Buffer.from(end.signature, 'base64url');
  const integer = (b: Buffer) => {
    const trimmed = b.subarray(b.findIndex((byte) => byte !== 0));
    const value = trimmed[0]! > 127 ? Buffer.concat([Buffer.of(0), trimmed]) : trimmed;
    return Buffer.concat([Buffer.of(2, value.length), value]);
  };
  const pair = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  const certificate = at('system.cer', Buffer.from(head!['certificate'] as string, 'base64'));
  const key = at('key.pem', execFileSync('openssl', ['x509', '-inform', 'DER', '-in', certificate, '-noout', '-pubkey']));
  const signature = at('signature', Buffer.concat([Buffer.of(0x30, pair.length), pair]));
  const text = at('text', JSON.stringify(['kense journal archive', end.sha256]));
  expect(execFileSync('openssl', ['dgst', '-sha256', '-verify', key, '-signature', signature, text], { encoding: 'utf8' })).toContain('OK');
});

it('a period is whole from its first to its last entry, and an empty one is said', async () => {
  const part = path.join(tempDir(), 'part.gz');
  const { at } = JSON.parse(lines(archive)[3]!) as { at: string };
  expect(await office(['journal', 'export', '--out', part, '--from', at])).toMatchObject({ code: 0 });
  expect((await check(part)).json).toMatchObject({ valid: true, firstAt: at });
  const empty = path.join(tempDir(), 'empty.gz');
  expect(await office(['journal', 'export', '--out', empty, '--until', '2020-01-01T00:00:00Z'])).toMatchObject({
    code: 1,
    json: { error: { code: 'journal-empty' } },
  });
  expect(fs.existsSync(empty)).toBe(false);
  expect((await office(['journal', 'export', '--out', empty, '--until', 'soon'])).code).toBe(64);
});

it.each<[string, (all: string[]) => string[], object]>([
  [
    'an entry edited',
    (all) => all.map((l, n) => (n === 2 ? l.replace(/"action":"[^"]+"/, '"action":"filing.viewed"') : l)),
    { reason: 'chain-broken', brokenAt: 2 },
  ],
  ['an entry left out', (all) => all.filter((_, n) => n !== 2), { reason: 'chain-broken', brokenAt: 3 }],
  ['two entries swapped', ([a, b, c, ...more]) => [a!, c!, b!, ...more], { reason: 'chain-broken', brokenAt: 2 }],
  ['the newest entries cut away', (all) => [...all.slice(0, -3), all.at(-1)!], { reason: 'chain-broken' }],
  ['its end cut away', (all) => all.slice(0, -1), { reason: 'archive-cut' }],
  [
    'another name behind an id',
    (all) => all.map((l, n) => (n === 0 ? l.replace(/"name":"[^"]+"/, '"name":"Біреу"') : l)),
    { reason: 'archive-changed' },
  ],
  [
    'a signature of nothing',
    (all) => [...all.slice(0, -1), all.at(-1)!.replace(/"signature":"..../, '"signature":"AAAA')],
    { reason: 'signature-wrong' },
  ],
  ['a line that is none', (all) => [...all.slice(0, 3), '{', ...all.slice(3)], { reason: 'archive-changed' }],
])('%s is named', async (_, edit, answer) => {
  expect(await check(changed(edit))).toMatchObject({ code: 1, json: { valid: false, ...answer } });
});

it('a file cut in the middle, one of an unknown court and one that is no archive are told apart', async () => {
  const torn = path.join(tempDir(), 'torn.gz');
  fs.writeFileSync(torn, fs.readFileSync(archive).subarray(0, -40));
  expect(await check(torn)).toMatchObject({ code: 1, json: { valid: false, reason: 'archive-cut' } });
  expect(await json(['journal', 'check', archive, '--trust', tempDir()])).toMatchObject({ code: 1, json: { reason: 'signer-unknown' } });
  const other = path.join(tempDir(), 'other.gz');
  fs.writeFileSync(other, 'no archive');
  expect(await check(other)).toMatchObject({ code: 65, json: { error: { code: 'archive-unreadable' } } });
  expect((await json(['journal', 'check'])).code).toBe(64);
});

it('entries are found by person, action and time, newest first', async () => {
  const all = (await office(['journal', 'list'])).json as { seq: number; action: string; actor: { id: string } | null }[];
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).sort((a, b) => b - a));
  const signIns = (await office(['journal', 'list', '--action', 'session'])).json as { action: string; actor: { id: string } }[];
  expect(signIns.length).toBeGreaterThan(1);
  expect(signIns.every(({ action }) => action.startsWith('session.'))).toBe(true);
  const mine = (await office(['journal', 'list', '--actor', signIns[0]!.actor.id])).json as { actor: { id: string } }[];
  expect(new Set(mine.map(({ actor }) => actor.id))).toEqual(new Set([signIns[0]!.actor.id]));
  expect((await office(['journal', 'list', '--until', '2020-01-01T00:00:00Z'])).json).toEqual([]);
});
