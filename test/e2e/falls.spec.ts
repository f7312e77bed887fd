import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../support/e2e/fixtures.ts';
import { dialogWindow } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';
import { textsOf } from '../support/e2e/texts.ts';

const t = textsOf('kk');

/** Ends a process of the program as a crash would. */
async function fell(app: ElectronApplication, service: 'core' | 'token-host' | 'registry'): Promise<number> {
  return app.evaluate((electron, name) => {
    const found = electron.app.getAppMetrics().find((process) => process.name === `kense-${name}`);
    if (!found) throw new Error(`there is no ${name}`);
    process.kill(found.pid, 'SIGKILL');
    return found.pid;
  }, service);
}

type Answer = { ok: boolean; error?: { code: string } };
const askOffice = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { kense: { office: { get(input: object): Promise<Answer> } } }).kense.office.get({}));

test('the core falls: the window stays, hears of it, and works with the next core', async ({ app, page }, info) => {
  const person = new Person(app, page, 'kk', info);
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.signIn('secretary');
  await expect(page.getByRole('row')).toHaveCount(13);
  await fell(app, 'core');
  // nobody is signed in at the new core
  await expect(page.getByRole('radiogroup')).toBeVisible();
  expect(await askOffice(page)).toMatchObject({ ok: true });
  await person.signIn('secretary');
  await expect(page.getByRole('row')).toHaveCount(13);
});

test('a core that falls again and again is not started for ever', async ({ app, page }) => {
  await expect(page.getByRole('radiogroup')).toBeVisible();
  for (let time = 0; time < 3; time++) {
    await fell(app, 'core');
    await expect.poll(async () => (await askOffice(page)).ok).toBe(true);
  }
  await fell(app, 'core');
  await expect.poll(async () => (await askOffice(page)).error?.code).toBe('core-stopped');
  expect(app.windows()).toContain(page);
});

test('the token host falls while it asks: the prompt goes, the core answers, the next sign-in works', async ({ app, page }, info) => {
  const person = new Person(app, page, 'kk', info);
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await page.keyboard.press('Enter');
  const prompt = await dialogWindow(app);
  const closed = prompt.waitForEvent('close');
  await fell(app, 'token-host');
  await closed;
  await expect(page.getByText(t('error.driver-stopped.title'))).toBeVisible();
  await person.signIn('secretary');
});

test('the embedded registry falls: the desk goes on and is online again', async ({ app, page }, info) => {
  const person = new Person(app, page, 'kk', info);
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.signIn('secretary');
  const chip = page.getByRole('banner').getByRole('status');
  await expect(chip.filter({ hasText: t('sync.online') })).toBeVisible();
  const first = await fell(app, 'registry');
  await expect
    .poll(() => app.evaluate(({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'kense-registry')?.pid))
    .not.toBe(first);
  await expect(async () => {
    await page.keyboard.press('F5');
    await expect(chip.filter({ hasText: t('sync.online') })).toBeVisible({ timeout: 1000 });
  }).toPass();
});
