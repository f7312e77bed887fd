import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCore, pull, type Core } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';
import { tempDir } from '../../support/temp-dir.ts';

let office: TrainingOffice;
let core: Core;
/** What is chosen in the dialog of the shell; null: it is cancelled. */
let chosen: string | null = null;
const used: (readonly string[])[] = [];
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  const { clock, newId } = office.desk.config;
  office.desk.close();
  const host = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  const tokenHost: typeof host = { ...host, use: (places) => (used.push(places.modules), host.use(places)) };
  const dataKey = must(openDataKey(office.profileDir, { kind: 'open' }));
  core = must(
    await openCore(
      { profileDir: office.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0' },
      {
        tokenHost,
        shell: {
          ...withoutPrinter,
          chooseModule: () => Promise.resolve(ok(chosen)),
          chooseDocuments: () => Promise.resolve(ok([])),
          publishDocument: () => Promise.resolve(''),
          saveDocument: () => Promise.resolve(ok(null)),
        },
      },
    ),
  );
});
afterAll(async () => {
  await core.close();
  await office.registry.close();
});

const call = <C extends ChannelName>(channel: C, input: ChannelInput<C>) =>
  core.call({ channel, input }, { trusted: true }) as Promise<Result<ChannelOutput<C>>>;
const journal = async () => {
  const asked = { from: null, until: null, actor: null, filingId: null, number: null, text: null, upTo: null, offset: 0, limit: 20 };
  return must(await call('journal.list', { ...asked, action: 'token.modules-changed' })).lines;
};

it('only an administrator allows a module of tokens, only by the dialog of the shell, and it holds at once and stands in the journal', async () => {
  const refused = { ok: false, error: { code: 'role-not-allowed' } };
  must(await call('session.sign-in', { optionId: 'secretary.p12' }));
  chosen = path.join(tempDir(), 'token.so');
  for (const channel of ['doctor.modules', 'doctor.add-module'] as const) expect(await call(channel, {})).toMatchObject(refused);

  const { name } = must(await call('session.sign-in', { optionId: 'office-head.p12' }));
  must(await call('session.use-role', { role: 'admin' }));
  expect(await core.call({ channel: 'doctor.add-module', input: { file: chosen } }, { trusted: true })).toMatchObject({
    error: { code: 'input-invalid' },
  });
  // what is not there is no module
  expect(await call('doctor.add-module', {})).toMatchObject({ ok: false, error: { code: 'driver-missing' } });
  const file = chosen;
  chosen = null;
  expect(must(await call('doctor.add-module', {}))).toEqual([]);
  expect(await journal()).toEqual([]);

  fs.writeFileSync(file, 'code');
  chosen = file;
  const id = createHash('sha256').update(file).digest('hex');
  expect(must(await call('doctor.add-module', {}))).toEqual([{ id, file }]);
  expect(used.at(-1)).toContain(file);
  expect(must(await call('doctor.modules', {}))).toEqual([{ id, file }]);

  expect(await call('doctor.remove-module', { id: file })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(must(await call('doctor.remove-module', { id }))).toEqual([]);
  expect(used.at(-1)).not.toContain(file);
  expect(await journal()).toMatchObject([
    { actor: name, details: { module: file, allowed: 'false' } },
    { actor: name, details: { module: file, allowed: 'true' } },
  ]);
});
