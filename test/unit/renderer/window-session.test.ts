import type { Locator, Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type InPage = typeof globalThis & { fakeOffice: FakeOffice };
const SHAPES = { told: 'info', soon: 'warn', urgent: 'bad' } as const;

describe.skipIf(!hasBrowser)('who signs in', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test.each([
    [30, 'told'],
    [14, 'soon'],
    [7, 'urgent'],
  ] as const)(
    'sees the last time here and, with %i days left, the end of the certificate in words and by an icon',
    async (days, weight) => {
      const { page, breaches } = await window.open({ certificateDays: days });
      const first = page.getByRole('radio').first();
      await first.and(page.locator(':focus')).waitFor();
      const option = page.locator('label').first();
      expect(await option.innerText()).toContain(kk['session.lastSignIn'].replace('{{when}}', '').trim());
      const words = kk[`session.certificate.${weight}_other`].split('{{day}}')[0]!.replace('{{count}}', String(days)).trim();
      expect(await option.innerText()).toContain(words);
      expect(await option.locator('[data-weight]').getAttribute('data-weight')).toBe(weight);
      expect(await option.locator('svg').getAttribute('data-shape')).toBe(SHAPES[weight]);
      expect(await cutLabels(page)).toEqual([]);
      await first.press('Enter');
      const note = page.getByRole('status', { name: kk['session.certificate'] });
      await note.getByText(words, { exact: false }).waitFor();
      expect(await cutLabels(page)).toEqual([]);
      await note.getByRole('button', { name: kk['action.close'] }).press('Enter');
      await note.getByText(words, { exact: false }).waitFor({ state: 'detached' });
      expect(await breaches()).toEqual([]);
    },
  );

  test('is helped before anything else: F1 opens the page about signing in, and Esc leads back to the choice', async () => {
    const { page, breaches } = await window.open();
    const first = page.getByRole('radio').first().and(page.locator(':focus'));
    await first.press('F1');
    const help = page.getByRole('dialog', { name: 'Кіру және бұғаттау' });
    await help.waitFor();
    expect(await help.getByRole('button', { name: kk['keys.title'] }).count()).toBe(0);
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await first.waitFor();
    await page.getByRole('button', { name: kk['help.title'] }).press('Enter');
    await help.waitFor();
    expect(await breaches()).toEqual([]);
  });

  test('sees nothing of a certificate that is good for longer', async () => {
    const { page } = await window.open({ certificateDays: 31 });
    await page.getByRole('radio').first().and(page.locator(':focus')).waitFor();
    expect(await page.locator('[data-weight]').count()).toBe(0);
  });
});

/** The token of somebody whom the court does not know, put in once the window asks who works; answers the heading it is folded under. */
async function withStranger(page: Page): Promise<Locator> {
  await page.getByRole('radio').first().and(page.locator(':focus')).waitFor();
  await page.evaluate(() =>
    (globalThis as InPage).fakeOffice.putToken({
      ...{ id: 'stranger', name: 'Бөтенов Мұрат', roles: [], token: 'БӨТЕН' },
      refusal: { code: 'user-unknown', next: 'ask-user' },
    }),
  );
  const unfit = page.getByText(kk['session.unfit'].replace('{{number}}', '1'), { exact: true });
  await unfit.waitFor();
  return unfit;
}

describe.skipIf(!hasBrowser)('a token in the reader', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test('is chosen by itself while nothing else was; one of a stranger is not and says why', async () => {
    const { page, breaches } = await window.open();
    await withStranger(page);
    expect(await page.getByText(kk['error.user-unknown.title'], { exact: false }).isVisible()).toBe(false);
    expect(await page.getByRole('radio', { name: 'БӨТЕН' }).count()).toBe(0);
    expect(await page.getByRole('radio', { checked: true }).getAttribute('value')).toBe('secretary.p12');
    await page.evaluate(() =>
      (globalThis as InPage).fakeOffice.putToken({
        ...{ id: 'token-1', name: 'Серіков Бауыржан', roles: ['judge'], token: 'ҮЛГІ ТОКЕН', refusal: null },
      }),
    );
    await page.getByRole('radio', { name: 'ҮЛГІ ТОКЕН', checked: true }).and(page.locator(':focus')).waitFor();
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    await page.evaluate(() => (globalThis as InPage).fakeOffice.lock('token-removed'));
    await page.getByRole('alert').getByText(kk['session.tokenPulled']).waitFor();
    await page.getByRole('button', { name: kk['session.unlock'] }).and(page.locator(':focus')).press('Enter');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await breaches()).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('a token of a stranger', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test('is folded behind a heading with a count, told with its reason on a key, and signs nobody in', async () => {
    const { page } = await window.open();
    const unfit = await withStranger(page);
    await page.keyboard.press('Tab');
    await unfit.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    const why = page.getByText(kk['error.user-unknown.title'], { exact: false });
    await why.waitFor();
    expect(await page.getByRole('listitem').filter({ has: why }).innerText()).toContain('БӨТЕН');
    expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
    await page.keyboard.press('Tab');
    await page
      .getByRole('region', { name: kk['session.unfit'].replace('{{number}}', '1') })
      .and(page.locator(':focus'))
      .waitFor();
    await unfit.press('Enter');
    await why.waitFor({ state: 'hidden' });
    await page.locator('[value="secretary.p12"]:checked').press('Enter');
    await page.getByRole('navigation').first().waitFor();
    expect(await callsOf(page, 'session.sign-in')).toEqual([{ optionId: 'secretary.p12' }]);
  });
});

describe.skipIf(!hasBrowser)('another person at a locked window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test('signs the first one out and sees neither the place nor a word that was typed there', async () => {
    const { page } = await window.open({ signedIn: 'secretary' });
    await page.locator('[data-row-id][data-current]').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('F9');
    await page.getByRole('checkbox').first().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('textbox', { name: kk['return.fix'] }).fill('Түбіртекті қоса беріңіз');
    await page.keyboard.press('Control+l');
    await page.getByRole('button', { name: kk['session.signOutOther'] }).press('Enter');
    await page.getByRole('radio').nth(2).check();
    await page.getByRole('radio').nth(2).press('Enter');
    await page.getByRole('navigation').first().waitFor();
    expect(await page.getByRole('textbox', { name: kk['return.fix'] }).count()).toBe(0);
    expect(await page.content()).not.toContain('Түбіртекті қоса беріңіз');
    expect(await page.getByRole('complementary', { name: kk['filing.work'] }).count()).toBe(0);
  });
});

describe.skipIf(!hasBrowser)('a locked window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test('is helped on F1 about locking, shows nothing of what lies behind, and leads back to unlocking and then to where one typed', async () => {
    const { page, breaches } = await window.open({ signedIn: 'secretary' });
    await page.locator('[data-row-id][data-current]').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('F9');
    await page.getByRole('checkbox').first().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('3');
    const words = page.getByRole('textbox', { name: kk['return.fix'] });
    await words.fill('Түбіртекті');
    await page.keyboard.press('Control+l');
    const unlock = page.getByRole('button', { name: kk['session.unlock'] }).and(page.locator(':focus'));
    await unlock.waitFor();
    const lookBehind = () => page.evaluate(() => document.body.innerText);
    const locked = await lookBehind();
    await unlock.press('F1');
    const help = page.getByRole('dialog', { name: 'Кіру және бұғаттау' });
    await help.waitFor();
    expect(await page.getByRole('dialog').filter({ visible: true }).count()).toBe(1);
    const behind = (await lookBehind()).replace(await help.innerText(), '').trim();
    expect(behind).toBe(locked.trim());
    expect(await help.getByRole('button', { name: kk['keys.title'] }).count()).toBe(0);
    expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
    // no key but those of the help is heard
    for (const key of ['F5', 'Control+k', 'Control+Slash', 'F8']) await page.keyboard.press(key);
    expect(await page.getByRole('dialog').filter({ visible: true }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await unlock.waitFor();
    await page.getByRole('button', { name: kk['help.title'] }).press('Enter');
    await help.waitFor();
    await page.keyboard.press('F1');
    await help.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: kk['session.unlock'] }).press('Enter');
    await words.and(page.locator(':focus')).waitFor();
    expect(await words.inputValue()).toBe('Түбіртекті');
    expect(await breaches()).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('a role and a sign-out that cannot be had', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test.each([
    ['session.use-role', kk['role.office-head']],
    ['session.sign-out', kk['session.signOut']],
  ] as const)('%s: the window says why, and stays where it is', async (channel, item) => {
    const { page, breaches } = await window.open({ signedIn: 'secretary' });
    await page.locator('[data-row-id][data-current]').and(page.locator(':focus')).waitFor();
    await page.evaluate((name) => (globalThis as InPage).fakeOffice.failNext(name, { code: 'disk-full', next: 'ask-user' }), channel);
    const choose = async () => {
      await page.getByRole('banner').getByRole('button').last().press('Enter');
      await page.getByRole('menuitem', { name: item, exact: true }).press('Enter');
    };
    await choose();
    const why = page.getByRole('alert').getByText(kk['error.disk-full.title']);
    await why.waitFor();
    expect(await page.getByRole('banner').getByText(kk['role.secretary'], { exact: false }).count()).toBe(1);
    await page.getByRole('button', { name: kk['action.close'] }).press('Enter');
    await why.waitFor({ state: 'detached' });
    await choose();
    await page.getByRole('banner').getByText(kk['role.secretary'], { exact: false }).waitFor({ state: 'detached' });
    expect(await breaches()).toEqual([]);
  });
});
