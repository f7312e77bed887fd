import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type InPage = typeof globalThis & { fakeOffice: FakeOffice };
const current = (page: Page) => page.locator('[data-row-id][data-current]');
const isBack = (page: Page) => current(page).and(page.locator(':focus')).waitFor();
const dialogIs = (page: Page, state: 'visible' | 'detached') => page.getByRole('dialog').waitFor({ state });

describe.skipIf(!hasBrowser)('the focus', { timeout: 120_000 }, () => {
  const office = useFakeWindow();
  const open = async () => {
    const opened = await office.open({ signedIn: 'secretary' });
    await isBack(opened.page);
    return opened;
  };

  test.each(['F1', 'Control+Slash', 'F8', 'Control+k'])('comes back to the row when the dialog of %s is closed', async (key) => {
    const { page, breaches } = await open();
    await page.keyboard.press('ArrowDown');
    await isBack(page);
    const id = await current(page).getAttribute('data-row-id');
    await page.keyboard.press(key);
    await dialogIs(page, 'visible');
    await page.getByRole('dialog').locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await dialogIs(page, 'detached');
    await isBack(page);
    expect(await current(page).getAttribute('data-row-id')).toBe(id);
    expect(await breaches()).toEqual([]);
  });

  test('goes with a key that is pressed at the very moment the list is drawn anew', async () => {
    const { page } = await open();
    const first = await current(page).getAttribute('data-row-id');
    await page.evaluate(() => {
      // heard between the drawing and what follows it
      const drawn = new MutationObserver(() => {
        drawn.disconnect();
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', code: 'ArrowDown', bubbles: true }));
      });
      drawn.observe(document.querySelector('footer [role="status"]')!, { childList: true, subtree: true });
      (globalThis as InPage).fakeOffice.arrive(1);
    });
    await page.getByRole('button', { name: kk['queue.showNew'] }).waitFor();
    await isBack(page);
    expect(await current(page).getAttribute('data-row-id')).not.toBe(first);
  });

  test('and the chosen entry of the rail are told apart in forced colours, alone and together', async () => {
    const { page } = await open();
    await page.emulateMedia({ forcedColors: 'active' });
    const entries = page.getByRole('navigation').first().getByRole('button');
    const looks = (at: number) =>
      entries.nth(at).evaluate((element) => {
        const { backgroundColor, outlineColor, outlineStyle, outlineWidth } = getComputedStyle(element);
        return { ground: backgroundColor, outline: outlineStyle === 'none' ? 'none' : `${outlineWidth} ${outlineColor}` };
      });
    const [chosen, other] = [await looks(0), await looks(1)];
    expect(chosen.outline).toBe('none');
    expect(chosen.ground).not.toBe(other.ground);
    await entries.nth(0).focus();
    await page.keyboard.press('Tab');
    await entries.nth(1).and(page.locator(':focus-visible')).waitFor();
    const focused = await looks(1);
    expect(focused.ground).toBe(other.ground);
    expect(focused.outline).not.toBe('none');
    await page.keyboard.press('Shift+Tab');
    await entries.nth(0).and(page.locator(':focus-visible')).waitFor();
    const both = await looks(0);
    expect(both.ground).toBe(chosen.ground);
    expect(both.outline).not.toBe('none');
    expect(both.outline).not.toContain(both.ground);
  });

  test('comes back to the row through two dialogs, the second of which took the place of the first', async () => {
    const { page } = await open();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').locator(':focus').waitFor();
    await page.keyboard.press('Control+Slash');
    const keys = page.getByRole('dialog', { name: kk['keys.title'] });
    await keys.locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await dialogIs(page, 'detached');
    await isBack(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: kk['search.placeholder'] }).fill(kk['keys.help']);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: kk['keys.title'] }).waitFor();
    await page.getByRole('dialog').locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await dialogIs(page, 'detached');
    await isBack(page);
  });

  test('comes back where it was when the window is unlocked: to a row, to a field, into a dialog', async () => {
    const { page } = await open();
    const unlock = async () => {
      await page.getByRole('button', { name: kk['session.unlock'] }).and(page.locator(':focus')).press('Enter');
      await page.getByRole('heading', { name: kk['session.locked'] }).waitFor({ state: 'detached' });
    };
    await page.keyboard.press('ArrowDown');
    await isBack(page);
    await page.keyboard.press('Control+l');
    await unlock();
    await isBack(page);
    const search = page.getByRole('searchbox', { name: kk['search.placeholder'] });
    await search.focus();
    await page.evaluate(() => (globalThis as InPage).fakeOffice.lock('token-removed'));
    await unlock();
    await search.and(page.locator(':focus')).waitFor();
    await current(page).focus();
    await page.keyboard.press('F8');
    const until = page.getByLabel(kk['work.until']).and(page.locator(':focus'));
    await until.waitFor();
    await page.evaluate(() => (globalThis as InPage).fakeOffice.lock());
    await unlock();
    await until.waitFor();
    await page.keyboard.press('Escape');
    await dialogIs(page, 'detached');
    await isBack(page);
  });
});
