import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKense } from '../../support/cli/run-kense.ts';
import { openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
let open: OpenRegistry;
beforeAll(async () => {
  open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: null }));
});
afterAll(() => open?.registry.close());

async function court(args: readonly string[], adminToken = open.registry.adminToken) {
  const file = path.join(tempDir(), 'token');
  fs.writeFileSync(file, `${adminToken}\n`);
  const run = await runKense(['registry', 'court', ...args, '--registry', open.registry.url, '--admin-token-file', file, '--json'], {
    home,
  });
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

it('what cannot be done says why', async () => {
  expect(await court(['revoke', '1234'])).toMatchObject({ code: 1, json: { error: { params: { code: 'not-found' } } } });
  expect(await court(['list'], 'a wrong token')).toMatchObject({ code: 1, json: { error: { params: { code: 'admin-token-wrong' } } } });
  for (const args of [['keep', '7777'], ['keep', 'x', ...names], ['revoke'], ['close', '7777'], []])
    expect(await court(args)).toEqual({ code: 64, json: null });
});
