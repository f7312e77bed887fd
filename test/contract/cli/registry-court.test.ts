import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKense } from '../../support/cli/run-kense.ts';
import { keepUser } from '../../support/registry/desk.ts';
import { openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
let open: OpenRegistry;
beforeAll(async () => {
  open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: null }));
});
afterAll(() => open?.registry.close());

function runCourt(args: readonly string[], adminToken = open.registry.adminToken) {
  const file = path.join(tempDir(), 'token');
  fs.writeFileSync(file, `${adminToken}\n`);
  return runKense(['registry', 'court', ...args, '--registry', open.registry.url, '--admin-token-file', file], { home });
}
async function court(args: readonly string[], adminToken?: string) {
  const run = await runCourt([...args, '--json'], adminToken);
  return { code: run.code, json: run.stdout === '' ? null : JSON.parse(run.stdout) };
}
const names = ['--name-kk', 'Жаңа сот', '--name-ru', 'Новый суд'];

it('the operator adds a court, renames, revokes and reinstates it', async () => {
  const added = await court(['keep', '7777', ...names]);
  expect(added).toMatchObject({ code: 0, json: { code: '7777', nameKk: 'Жаңа сот', nameRu: 'Новый суд', revokedAt: null } });
  expect((await court(['keep', '7777', '--name-kk', 'Сот', '--name-ru', 'Суд'])).json).toEqual({
    ...added.json,
    nameKk: 'Сот',
    nameRu: 'Суд',
  });
  expect((await court(['revoke', '7777'])).json.revokedAt).not.toBeNull();
  expect((await court(['reinstate', '7777'])).json.revokedAt).toBeNull();
  expect((await court(['list'])).json.courts.map(({ code }: { code: string }) => code)).toEqual(['7777', '9900']);
});

it('the operator reads what was changed in a court, as JSON and as lines, in pages', async () => {
  const person = await keepUser(open.client, open.registry, '9900', ['secretary']);
  const kept = { id: person, court: '9900', name: 'Сәуле', iin: null, roles: ['judge'], certificates: [], active: true };
  await open.client.call('keepUser', { token: open.registry.adminToken, json: kept });
  const whole = await court(['journal', '9900']);
  expect(whole.json.entries.map(({ action }: { action: string }) => action)).toEqual(['user.kept', 'user.kept', 'court.added']);
  const { stdout, code } = await runCourt(['journal', '9900', '--limit', '1']);
  const [newest] = whole.json.entries;
  expect([code, stdout]).toEqual([
    0,
    [
      `${newest.position} ${newest.at} user.kept ${person} by the operator`,
      '  name: "Сәуле Әбдірахманова" -> "Сәуле"',
      '  iin: "870131400012" -> null',
      '  roles: ["secretary"] -> ["judge"]',
      `older: --before ${newest.position}`,
      '',
    ].join('\n'),
  ]);
  const older = await court([
    'journal',
    '9900',
    '--before',
    String(newest.position),
    '--action',
    'user',
    '--from',
    '2026-11-21',
    '--until',
    '2026-11-21',
  ]);
  expect(older.json.entries.map(({ position }: { position: number }) => position)).toEqual([whole.json.entries[1].position]);
  expect((await court(['journal', '9900', '--until', '2026-11-20'])).json).toEqual({ entries: [], nextBefore: null });
});

it('what cannot be done says why', async () => {
  expect(await court(['revoke', '1234'])).toMatchObject({ code: 1, json: { error: { params: { code: 'not-found' } } } });
  expect(await court(['journal', '1234'])).toMatchObject({ code: 1, json: { error: { params: { code: 'not-found' } } } });
  expect(await court(['list'], 'a wrong token')).toMatchObject({ code: 1, json: { error: { params: { code: 'admin-token-wrong' } } } });
  for (const args of [
    ['keep', '7777'],
    ['keep', 'x', ...names],
    ['revoke'],
    ['close', '7777'],
    ['journal'],
    ['journal', '9900', '--from', 'x'],
    ['journal', '9900', '--from', '2026-02-31'],
    ['journal', '9900', '--limit', '0'],
    [],
  ])
    expect(await court(args)).toEqual({ code: 64, json: null });
});
