import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test as cabled } from '../support/e2e/cabled-desk.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person, TRAINING_PIN } from '../support/e2e/person.ts';
import type { Certificate } from '../support/openssl-pki.ts';
import { CANCELLED, signsBy, startNcaLayer, type NcaLayerDouble } from '../support/token/ncalayer-double.ts';

const ACTS = 3;

/** A desk with rulings before the judge, whose key is behind NCALayer. */
const test = cabled.extend<{ readonly profile: string; readonly program: NcaLayerDouble }>({
  profile: async ({ desk, registry }, use) => {
    const profile = path.join(desk, 'training');
    execFileSync(process.execPath, ['test/support/e2e/office-desk.ts', profile, registry.url, 'prepare', String(ACTS)], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await use(profile);
  },
  program: async ({ desk, profile }, use) => {
    const program = await startNcaLayer(signsBy(judgeOf(desk)));
    const pinned = path.join(desk, 'ncalayer.pem');
    fs.writeFileSync(pinned, program.certificate);
    const verb = ['office', 'modules', 'ncalayer', program.place.url, pinned, '--profile', profile];
    execFileSync(process.execPath, ['main/cli/index.ts', ...verb], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    await use(program);
    await program.close();
  },
  options: async ({ registry, program }, use) => {
    expect(program.requests).toEqual([]);
    await use(['--training', `--registry=${registry.url}`]);
  },
});
test.describe.configure({ timeout: 300_000 });

/** Certificate and key of the training judge, as files for OpenSSL. */
function judgeOf(desk: string): Certificate {
  const file = (name: string) => path.join(desk, `ncalayer-${name}`);
  const keyFile = path.join(desk, 'training', 'training', 'keys', 'judge.p12');
  const pkcs12 = ['pkcs12', '-in', keyFile, '-passin', `pass:${TRAINING_PIN}`, '-nodes', '-legacy'];
  execFileSync('openssl', [...pkcs12, '-nocerts', '-out', file('key.pem')]);
  execFileSync('openssl', [...pkcs12, '-clcerts', '-nokeys', '-out', file('judge.pem')]);
  return { pem: file('judge.pem'), key: file('key.pem'), der: new Uint8Array(), subject: 'judge' };
}

test('a judge signs by NCALayer alone: it is offered, cancelled there, gone on with, and nobody is asked for a PIN here', async ({
  app,
  page,
  program,
}, info) => {
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  const grid = page.getByRole('grid');
  const dialog = page.getByRole('dialog');
  const states = () => grid.locator('[data-state]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')));
  await person.signIn('judge');
  await expect(grid.getByRole('row')).toHaveCount(ACTS + 1);
  for (let act = 0; act < ACTS; act++) {
    if (act > 0) await person.press('ArrowDown');
    await expect(grid.getByRole('row').nth(act + 1)).toBeFocused();
    await person.press('Enter');
    await expect(page.locator('[data-page] canvas').first()).toBeVisible();
    await person.press('KeyR');
    await page.getByRole('button', { name: t('act.stateRead') }).press('Enter');
    await expect(page.getByText(t('act.reviewed'), { exact: true })).toBeVisible();
    await person.press('Escape');
    await expect(grid.getByRole('row').nth(act + 1)).toBeFocused();
  }
  const windows = app.windows().length;
  const signing = program.answer;
  program.answer = (request, content) => (program.requests.length === 2 ? CANCELLED : signing(request, content));
  await person.press('Control+Enter');
  const choice = dialog
    .getByRole('radio')
    .and(dialog.getByRole('radio', { disabled: false }))
    .first();
  await expect(dialog.getByText(t('key.inNcaLayer'))).toBeVisible();
  await expect(choice).toBeFocused();
  await expect(choice).toBeChecked();
  await expect(dialog.getByText(t('sign.ncalayerEach', { count: ACTS }))).toBeVisible();
  await person.look('sign');
  await person.press('Enter');
  await expect(page.getByRole('alert').getByText(t('error.ncalayer-cancelled.title'))).toBeVisible();
  expect(await states()).toEqual(['signed', 'failed', 'not-tried']);
  await person.look('cancelled');

  program.answer = signing;
  await person.press('Control+Enter');
  await expect(dialog.getByText(t('key.inNcaLayer'))).toBeVisible();
  await expect(dialog.getByRole('radio', { checked: true })).toBeFocused();
  await person.press('Enter');
  await expect.poll(states).toEqual(Array(ACTS).fill('signed'));
  expect([program.requests.length, app.windows().length]).toEqual([ACTS + 1, windows]);
  expect(new Set(program.requests.map(({ args }) => args.locale))).toEqual(new Set(['kk']));
});
