import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as cabled } from '../support/e2e/cabled-desk.ts';
import { makeJudgeToken } from '../support/e2e/judge-token.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';
import type { KeyToken } from '../support/token/key-token.ts';

const ACTS = 20;
/** Read page by page; the judge states of the others that they were read. */
const READ_BY_PAGES = 2;
const PULLED_AFTER = 3;

/** A desk with the rulings of twenty claims before the judge, whose key is on a token. */
const test = cabled.extend<{ readonly profile: string; readonly token: KeyToken }>({
  profile: async ({ desk, registry }, use) => {
    const profile = path.join(desk, 'training');
    officeDesk(profile, registry.url, 'prepare', String(ACTS));
    await use(profile);
  },
  token: async ({ desk, profile }, use) => {
    expect(existsSync(profile)).toBe(true);
    await use(makeJudgeToken(desk));
    delete process.env['SOFTHSM2_CONF'];
  },
  options: async ({ registry, token }, use) => {
    expect(token.label).not.toBe('');
    await use(['--training', `--registry=${registry.url}`]);
  },
});
test.describe.configure({ timeout: 600_000 });

function officeDesk(...args: readonly string[]): void {
  execFileSync(process.execPath, ['test/support/e2e/office-desk.ts', ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

test('twenty acts: read, signed under one PIN, the token pulled out in the middle and put back, gone on with, every PDF valid', async ({
  app,
  page,
  token,
  profile,
  registry,
}, info) => {
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  const grid = page.getByRole('grid');
  const dialog = page.getByRole('dialog');
  const states = () => grid.locator('[data-state]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')));
  await person.signIn('judge');
  await expect(grid.getByRole('row')).toHaveCount(ACTS + 1);
  await expect(grid.getByRole('row').nth(1)).toBeFocused();

  for (let act = 0; act < ACTS; act++) {
    if (act > 0) await person.press('ArrowDown');
    await expect(grid.getByRole('row').nth(act + 1)).toBeFocused();
    await person.press('Enter');
    await expect(page.locator('[data-page] canvas').first()).toBeVisible();
    if (act < READ_BY_PAGES) await person.readToTheEnd();
    if (act === 0) await person.look('review');
    await person.press('KeyR');
    if (act >= READ_BY_PAGES) await page.getByRole('button', { name: t('act.stateRead') }).press('Enter');
    await expect(page.getByText(t('act.reviewed'), { exact: true })).toBeVisible();
    await person.press('Escape');
    await expect(grid.getByRole('row').nth(act + 1)).toBeFocused();
  }
  await expect(grid.getByRole('row', { selected: true })).toHaveCount(ACTS);
  await person.look('chosen');

  await person.press('Control+Enter');
  await expect(dialog.getByRole('radio', { checked: true })).toBeFocused();
  await expect(dialog.getByText(t('key.onToken', { name: token.label }))).toBeVisible();
  await expect(dialog.getByRole('row')).toHaveCount(ACTS + 1);
  await expect(dialog.getByText(t('error.key-not-of-user.title')).first()).toBeVisible();
  await person.look('sign');
  await pullAfter(page, token);
  await person.signWithChosenKey();

  await expect(page.getByRole('alert').getByText(t('error.token-removed.title'))).toBeVisible();
  const stopped = await states();
  const signed = stopped.filter((state) => state === 'signed').length;
  expect(signed, 'signed before the token was gone').toBeGreaterThanOrEqual(PULLED_AFTER);
  expect(stopped).toEqual([...Array<string>(signed).fill('signed'), 'failed', ...Array<string>(ACTS - signed - 1).fill('not-tried')]);
  await person.look('stopped');

  await person.press('Control+Enter');
  await expect(dialog.getByText(t('key.inFile', { name: 'judge.p12' }))).toBeVisible();
  await expect(dialog.getByText(t('key.onToken', { name: token.label }))).toBeHidden();
  token.insert();
  const back = dialog.getByRole('radio', { disabled: false }).first();
  await expect(dialog.getByText(t('key.onToken', { name: token.label }))).toBeVisible();
  await back.press('Space');
  await expect(back).toBeChecked();
  await expect(dialog.getByRole('row')).toHaveCount(ACTS - signed + 1);
  await person.look('resume');
  await person.signWithChosenKey();
  await expect.poll(states).toEqual(Array(ACTS).fill('signed'));
  await expect(page.getByText(t('batch.state.done'), { exact: true })).toBeVisible();
  await person.look('done');

  const acts = info.outputPath('acts');
  mkdirSync(acts);
  officeDesk(profile, registry.url, 'acts', acts);
  const files = readdirSync(acts).filter((name) => name.endsWith('.pdf'));
  expect(files).toHaveLength(ACTS);
  const anchors = anchorsOf(profile, acts);
  for (const file of files) {
    const pdf = path.join(acts, file);
    const report = execFileSync('pdfsig', ['-nocert', pdf], { encoding: 'utf8' });
    expect(report, file).toContain('Signature is Valid.');
    expect(report, file).toContain('Total document signed');
    expect(verifiedByOpenssl(pdf, anchors), file).toContain('CMS Verification successful');
  }

  await person.press('Escape');
  await expect(page.getByText(t('act.empty'))).toBeVisible();
  await page.getByRole('button', { name: t('batch.ledger') }).press('Enter');
  await expect(grid.getByRole('row')).toHaveCount(2);
  await expect(grid.getByRole('row').nth(1)).toContainText(t('sign.progress', { done: ACTS, total: ACTS }));
  await person.look('ledger');
});

/** Takes the token out the moment the window shows so many acts as signed. */
async function pullAfter(page: Page, token: KeyToken): Promise<void> {
  await page.exposeFunction('pullToken', () => token.pull());
  await page.evaluate((after) => {
    const watcher = new MutationObserver(() => {
      if (document.querySelectorAll('[data-state="signed"]').length < after) return;
      watcher.disconnect();
      void (globalThis as unknown as { pullToken(): Promise<void> }).pullToken();
    });
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
  }, PULLED_AFTER);
}

/** The authorities of the training kit as one PEM file. */
function anchorsOf(profile: string, into: string): string {
  const trust = path.join(profile, 'training', 'trust');
  const found = readdirSync(trust, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(cer|crt|der|pem)$/.test(name));
  const pem = found.map((name) => execFileSync('openssl', ['x509', '-in', path.join(trust, name)], { encoding: 'utf8' })).join('');
  const file = path.join(into, 'anchors.pem');
  writeFileSync(file, pem);
  return file;
}

/** The CMS of the signature and the bytes that its byte range names, as files for OpenSSL. */
function verifiedByOpenssl(pdf: string, anchors: string): string {
  const bytes = readFileSync(pdf);
  const range = /\/ByteRange *\[ *(\d+) +(\d+) +(\d+) +(\d+) *\]/.exec(bytes.toString('latin1'))!.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const [first, firstLength, second, secondLength] = range;
  expect(second + secondLength).toBe(bytes.length);
  const hex = bytes
    .subarray(first + firstLength, second)
    .toString('latin1')
    .replace(/[<>]/g, '');
  const cms = Buffer.from(hex, 'hex');
  writeFileSync(`${pdf}.cms`, cms.subarray(0, lengthOfDer(cms)));
  writeFileSync(`${pdf}.signed`, Buffer.concat([bytes.subarray(first, first + firstLength), bytes.subarray(second)]));
  const args = ['cms', '-verify', '-inform', 'DER', '-in', `${pdf}.cms`, '-content', `${pdf}.signed`, '-binary', '-CAfile', anchors];
  return execFileSync('sh', ['-c', 'exec openssl "$@" 2>&1 >/dev/null', 'sh', ...args, '-purpose', 'any'], { encoding: 'utf8' });
}

/** The container is padded with zeros to the room that was kept for it. */
function lengthOfDer(der: Buffer): number {
  const short = der[1]!;
  if (short < 0x80) return 2 + short;
  return 2 + (short & 0x7f) + der.readUIntBE(2, short & 0x7f);
}
