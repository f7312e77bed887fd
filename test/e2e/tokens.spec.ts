import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/e2e/fixtures.ts';
import { makeJudgeToken } from '../support/e2e/judge-token.ts';
import { Person } from '../support/e2e/person.ts';
import type { KeyToken } from '../support/token/key-token.ts';

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
