import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOwnModules, ownModules } from '../../../main/core/index.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { must, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { SOFTHSM } from '../../support/token/key-token.ts';
import { softTokens } from '../../support/token/soft-token.ts';

let office: TrainingOffice;
let copied: string;
beforeAll(async () => {
  softTokens().token('ҮЛГІ', [{ kind: 'P-256', id: '01' }]);
  copied = path.join(tempDir(), 'another-module.so');
  fs.copyFileSync(SOFTHSM, copied);
  office = await trainingOffice();
}, 180_000);
afterAll(() => office.close());

const change = (file: string, allowed: boolean) =>
  changeOwnModules(office.desk.store, { file, allowed, at: office.desk.config.clock(), actor: null });
const keysOf = async () =>
  must(await office.desk.acts.tokenHost.list()).map(({ ref, label }) => (ref.kind === 'pkcs12' ? label : `${label} ${ref.module}`));
const journalled = () =>
  office.desk.store.read.all<{ details: string }>("SELECT details FROM journal WHERE action = 'token.modules-changed' ORDER BY seq");

describe('the keys of a desk', () => {
  it('are the files of its folder and those on tokens of the known modules', async () => {
    expect(await keysOf()).toEqual(expect.arrayContaining(['judge.p12', 'secretary.p12', `ҮЛГІ ${SOFTHSM}`]));
  });

  it('are on tokens of another module once that was allowed, and no longer when it is forbidden; both are journalled', async () => {
    expect(must(change(copied, true))).toEqual([copied]);
    await office.reopen();
    expect(await keysOf()).toContain(`ҮЛГІ ${copied}`);
    expect(must(change(copied, false))).toEqual([]);
    await office.reopen();
    expect(await keysOf()).not.toContain(`ҮЛГІ ${copied}`);
    expect(journalled().map(({ details }) => JSON.parse(details) as unknown)).toEqual([
      { module: copied, allowed: 'true' },
      { module: copied, allowed: 'false' },
    ]);
  });

  it.each(['relative.so', '/nowhere/module.so', tempDir()])(
    'are not looked for in a module that is no file by its full path: %s',
    (file) => {
      const before = journalled().length;
      expect(change(file, true)).toMatchObject({ ok: false, error: { code: 'driver-missing' } });
      expect(ownModules(office.desk.store.read)).toEqual([]);
      expect(journalled()).toHaveLength(before);
    },
  );
});

describe('kense doctor', () => {
  it('names the modules on this machine and the tokens in their readers, without a PIN', async () => {
    const { stdout, code } = await runKense(['doctor', '--json'], { home: tempDir() });
    const step = (JSON.parse(stdout) as { step: string; ok: boolean; detail: string }[]).find((one) => one.step === 'tokens');
    expect(code).toBe(0);
    expect(step).toMatchObject({ ok: true });
    expect(step?.detail).toContain(`${SOFTHSM}: ҮЛГІ, 1 keys, PIN ok`);
  });
});
