import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { cutLabels } from '../support/cut-labels.ts';
import { expect, test } from '../support/e2e/fixtures.ts';
import { Person } from '../support/e2e/person.ts';

test.describe.configure({ timeout: 420_000 });

const SIZES = [
  [1366, 768],
  [1280, 680],
] as const;
const SCHEMES = [
  { theme: 'light', forcedColors: 'none' },
  { theme: 'dark', forcedColors: 'none' },
  { theme: 'light', forcedColors: 'active' },
] as const;

const setTheme = (page: Page, theme: string) =>
  page.evaluate(async (wanted) => {
    const { kense } = globalThis as unknown as { kense: { settings: { set(input: object): Promise<unknown> } } };
    await kense.settings.set({ theme: wanted });
  }, theme);
const resize = (app: ElectronApplication, width: number, height: number) =>
  app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w!, h!), [width, height]);

/** What shuts somebody out of this screen, or is cut off on it. */
async function look(app: ElectronApplication, page: Page, screen: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [width, height] of SIZES) {
    await resize(app, width, height);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    found.push(...(await cutLabels(page)).map((label) => `${screen} at ${width} × ${height}: cut «${label}»`));
  }
  for (const { theme, forcedColors } of SCHEMES) {
    await setTheme(page, theme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await page.emulateMedia({ forcedColors });
    // a surface of the PDF library, hidden and without content
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('.hiddenCanvasElement').analyze();
    found.push(
      ...violations.map(
        ({ id, nodes }) => `${screen}, ${theme}, colours ${forcedColors}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      ),
    );
  }
  await page.emulateMedia({ forcedColors: 'none' });
  return found;
}

for (const language of ['kk', 'ru'] as const) {
  test(`every screen is open to everybody and whole in ${language}; the keys of the window work on it`, async ({ app, page }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const found: string[] = [];
    const see = async (screen: string) => found.push(...(await look(app, page, screen)));
    const entries = page.getByRole('navigation', { name: t('nav.label') }).getByRole('button');
    const settled = () => expect(page.getByRole('main').getByText(t('state.loading'))).toHaveCount(0);

    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await see('sign-in');

    for (const role of ['secretary', 'judge', 'office-head'] as const) {
      await person.signIn(role);
      const count = await entries.count();
      expect(count).toBeGreaterThan(2);
      for (let place = 1; place <= count; place++) {
        const key = await entries.nth(place - 1).getAttribute('title');
        await (key === null ? entries.nth(place - 1).press('Enter') : page.keyboard.press(key.replace('Ctrl', 'Control')));
        await expect(entries.nth(place - 1)).toHaveAttribute('aria-current', 'page');
        await settled();
        await see(`${role}: ${await entries.nth(place - 1).innerText()}`);
      }
      await page.keyboard.press('Control+1');
      await settled();
      if (role !== 'secretary') {
        await person.signOut();
        continue;
      }
      const first = page.getByRole('grid').getByRole('row').nth(1);
      await expect(first).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.locator('[data-page] canvas').first()).toBeVisible();
      await see('filing');
      const tabs = page.getByRole('tablist', { name: t('filing.work') }).getByRole('tab');
      for (let place = 1; place <= (await tabs.count()); place++) {
        await page.keyboard.press(`Alt+${place}`);
        await expect(tabs.nth(place - 1)).toHaveAttribute('aria-selected', 'true');
        await see(`filing, tab ${place}`);
      }

      const paneOf = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.className ?? '');
      const panes: string[] = [];
      const visible = await page.locator('[data-pane]:visible').count();
      for (let presses = 0; presses < visible; presses++) {
        await page.keyboard.press('F6');
        panes.push(await paneOf());
      }
      expect(panes).not.toContain('');
      expect(new Set(panes).size).toBeGreaterThan(3);
      await page.keyboard.press('Shift+F6');
      expect(await paneOf()).toBe(panes.at(-2));

      await page.keyboard.press('Control+/');
      await expect(page.getByRole('heading', { name: t('keys.title') })).toBeVisible();
      await see('keys');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);

      const textSize = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
      const usual = await textSize();
      await page.keyboard.press('Control+Equal');
      await expect.poll(textSize).toBeGreaterThan(usual);
      await page.keyboard.press('Control+0');
      await expect.poll(textSize).toBe(usual);
      await page.keyboard.press('Control+Minus');
      await expect.poll(textSize).toBeLessThan(usual);
      await page.keyboard.press('Control+0');
      await expect.poll(textSize).toBe(usual);

      await page.keyboard.press('Control+l');
      await expect(page.getByRole('heading', { name: t('session.locked') })).toBeVisible();
      await see('locked');
      await page.keyboard.press('Enter');
      await person.answerPin();
      await expect(page.getByRole('heading', { name: t('session.locked') })).toBeHidden();
      await person.signOut();
    }
    expect(found).toEqual([]);
  });
}
