import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/e2e/fixtures.ts';
import { Person, TRAINING_PIN } from '../support/e2e/person.ts';

const SOFTHSM = '/usr/lib/softhsm/libsofthsm2.so';
const LABEL = 'ҮЛГІ ТОКЕН';

/** SoftHSM with the key of the training judge on a token, found by everything that the program starts. */
type Token = { readonly tokens: string; readonly aside: string };
const test = base.extend<{ token: Token }>({
  token: [
    async ({ desk }, use) => {
      const folder = path.join(desk, 'softhsm');
      const tokens = path.join(folder, 'tokens');
      const file = (name: string) => path.join(folder, name);
      const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });
      fs.mkdirSync(tokens, { recursive: true });
      fs.writeFileSync(file('softhsm2.conf'), `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
      process.env['SOFTHSM2_CONF'] = file('softhsm2.conf');
      const judge = fs.readdirSync(desk, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('keys/judge.p12'))!;
      const pkcs12 = ['pkcs12', '-in', path.join(desk, judge), '-passin', `pass:${TRAINING_PIN}`, '-nodes', '-legacy'];
      run('openssl', ...pkcs12, '-nocerts', '-out', file('key.pem'));
      run('openssl', ...pkcs12, '-clcerts', '-nokeys', '-out', file('certificate.pem'));
      run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', file('key.pem'), '-out', file('key.p8'));
      run('openssl', 'x509', '-in', file('certificate.pem'), '-outform', 'DER', '-out', file('certificate.der'));
      run('softhsm2-util', '--init-token', '--free', '--label', LABEL, '--so-pin', '12345678', '--pin', TRAINING_PIN);
      run('softhsm2-util', '--import', file('key.p8'), '--token', LABEL, '--label', 'judge', '--id', '01', '--pin', TRAINING_PIN);
      const at = ['--module', SOFTHSM, '--token-label', LABEL, '--login', '--pin', TRAINING_PIN];
      run('pkcs11-tool', ...at, '--write-object', file('certificate.der'), '--type', 'cert', '--id', '01');
      await use({ tokens, aside: file('aside') });
      delete process.env['SOFTHSM2_CONF'];
    },
    { auto: true },
  ],
});

type Listed = { ok: boolean; value: { keys: { kind: string; label: string; refusal: unknown }[] } };
type Kense = { keys: { list(input: object): Promise<Listed> }; on: { keysChanged(listener: () => void): () => void } };

const tokenKeys = (page: Page) =>
  page.evaluate(async () => {
    const { kense } = globalThis as unknown as { kense: Kense };
    return (await kense.keys.list({})).value.keys.filter(({ kind }) => kind === 'pkcs11');
  });

test('the judge is offered the key on a token, hears when it is pulled, and finds it again', async ({ app, page, token }, info) => {
  await new Person(app, page, 'kk', info).signIn('judge');
  await expect(page.getByRole('navigation')).toBeVisible();
  expect(await tokenKeys(page)).toEqual([expect.objectContaining({ label: LABEL, refusal: null })]);

  const pulled = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { kense } = globalThis as unknown as { kense: Kense };
        kense.on.keysChanged(() => resolve());
      }),
  );
  fs.renameSync(token.tokens, token.aside);
  await pulled;
  expect(await tokenKeys(page)).toEqual([]);
  fs.renameSync(token.aside, token.tokens);
  await expect.poll(() => tokenKeys(page)).toHaveLength(1);
});
