import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/e2e/fixtures.ts';
import { makeJudgeToken, type JudgeToken } from '../support/e2e/judge-token.ts';
import { Person } from '../support/e2e/person.ts';

const test = base.extend<{ token: JudgeToken }>({
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
