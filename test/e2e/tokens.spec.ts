import { copyFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { cutLabels } from '../support/cut-labels.ts';
import { chooseIn } from '../support/e2e/choose-in.ts';
import { expect, test as base } from '../support/e2e/fixtures.ts';
import { makeJudgeToken } from '../support/e2e/judge-token.ts';
import { Person } from '../support/e2e/person.ts';
import { SOFTHSM, type KeyToken } from '../support/token/key-token.ts';

const test = base.extend<{ token: KeyToken }>({
  token: [
    async ({ desk }, use) => {
      await use(makeJudgeToken(desk));
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
  expect(await tokenKeys(page)).toEqual([expect.objectContaining({ label: token.label, refusal: null })]);

  const pulled = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { kense } = globalThis as unknown as { kense: Kense };
        kense.on.keysChanged(() => resolve());
      }),
  );
  token.pull();
  await pulled;
  expect(await tokenKeys(page)).toEqual([]);
  token.insert();
  await expect.poll(() => tokenKeys(page)).toHaveLength(1);
});

/** Also asked while the window is locked: the ways to sign in. */
const tokenKeysSeen = (page: Page) =>
  page.evaluate(async () => {
    const { kense } = globalThis as unknown as {
      kense: { session: { options(input: object): Promise<{ value: { token: string | null }[] }> } };
    };
    return (await kense.session.options({})).value.filter(({ token }) => token !== null).length;
  });

test('who signs in with a token is locked out when it is pulled, and comes back to the same words when it is put in again', async ({
  app,
  page,
  token,
}, info) => {
  const person = new Person(app, page, 'ru', info);
  const { t } = person;
  await person.chooseLanguage();
  const onToken = page.getByRole('radio', { name: t('key.onToken', { name: token.label }) });
  await expect(onToken).toBeChecked();
  await onToken.focus();
  await person.look('sign-in-with-token');
  token.pull();
  await expect(onToken).toHaveCount(0);
  token.insert();
  await expect(onToken).toBeFocused();
  await person.signIn('judge', 'token');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('Өмірбекова');
  token.pull();
  await expect(page.getByRole('alert')).toHaveText(t('session.tokenPulled'));
  await person.look('locked-without-token');
  const unlock = page.getByRole('button', { name: t('session.unlock') });
  await expect(unlock).toBeFocused();
  await unlock.press('Enter');
  await expect(page.getByText(t('error.device-error.title'))).toBeVisible();
  token.insert();
  await expect.poll(() => tokenKeysSeen(page), { timeout: 20_000 }).toBe(1);
  await unlock.press('Enter');
  await person.answerPin();
  await expect(page.getByRole('combobox')).toHaveValue('Өмірбекова');
});

for (const language of ['kk', 'ru'] as const)
  test(`the administrator allows a module by choosing its file, sees that another file is none, and takes it off, in ${language}`, async ({
    app,
    page,
  }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('office-head');
    await page
      .getByRole('banner')
      .getByRole('button', { name: t('role.office-head') })
      .press('Enter');
    await page.getByRole('menuitem', { name: t('role.admin'), exact: true }).press('Enter');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.settings'), exact: true })
      .press('Enter');
    await page.getByRole('button', { name: t('selfCheck.open') }).press('Enter');
    const driver = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: t('selfCheck.step.driver'), exact: true }) });
    const says = async (state: 'ok' | 'not-ok', modules: number) => {
      await expect(driver.getByText(t(`selfCheck.state.${state}`), { exact: true })).toBeVisible();
      await expect(driver).toContainText(`${t('selfCheck.fact.modules')}: ${modules}`);
    };
    await says('ok', 1);
    const allowed = page.getByRole('region', { name: t('selfCheck.modules') });
    const files = allowed.getByRole('listitem').locator('bdi');
    const add = allowed.getByRole('button', { name: t('selfCheck.modulesAdd') });
    await expect(allowed.getByText(t('selfCheck.modulesNone'))).toBeVisible();

    // the dialog is closed without a choice
    const asked = await chooseIn(app, null);
    await add.press('Enter');
    await expect.poll(asked).toEqual([['openFile']]);
    await expect(allowed.getByText(t('selfCheck.modulesNone'))).toBeVisible();

    const module = info.outputPath('libsofthsm2.so');
    copyFileSync(SOFTHSM, module);
    await chooseIn(app, module);
    await add.press('Enter');
    await expect(files).toHaveText([module]);
    await says('ok', 2);
    await expect(allowed.getByRole('alert')).toHaveCount(0);

    const noModule = info.outputPath('oqy.txt');
    writeFileSync(noModule, 'token');
    await chooseIn(app, noModule);
    await add.press('Enter');
    await expect(files).toHaveText([module, noModule]);
    await says('not-ok', 3);
    await expect(driver).toContainText(t('error.driver-missing.title'));
    await driver.scrollIntoViewIfNeeded();
    await person.look('a-file-that-is-no-module');
    await allowed.scrollIntoViewIfNeeded();
    expect(await cutLabels(page)).toEqual([]);
    await person.look('modules-allowed');
    await allowed.getByRole('button', { name: `${t('selfCheck.modulesRemove')}: ${noModule}` }).press('Enter');
    await expect(files).toHaveText([module]);
    await says('ok', 2);

    // what is not there any more when it is chosen
    await chooseIn(app, info.outputPath('gone.so'));
    await add.press('Enter');
    await expect(allowed.getByRole('alert')).toContainText(t('error.driver-missing.title'));
    await expect(files).toHaveText([module]);
  });
