import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../support/e2e/fixtures.ts';
import { dialogWindow, enterPin, pressAndClose } from '../support/e2e/launch.ts';
import { Person, TRAINING_PIN } from '../support/e2e/person.ts';
import { textsOf } from '../support/e2e/texts.ts';

const t = textsOf('kk');

test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await page.keyboard.press('Enter');
});

test('the prompt lives alone: no script, no Node, no network, a session of its own', async ({ app, page }) => {
  const prompt = await dialogWindow(app);
  await expect(prompt.getByLabel(t('shell.pin.field'), { exact: true })).toBeFocused();
  expect(await prompt.evaluate(() => document.scripts.length)).toBe(0);
  expect(await prompt.evaluate(() => ['require', 'process', 'kense', 'module'].filter((name) => name in globalThis))).toEqual([]);
  const window = await app.browserWindow(prompt);
  expect(await window.evaluate((shown) => shown.isModal())).toBe(true);
  expect(await window.evaluate((shown) => shown.webContents.session.isPersistent())).toBe(false);
  expect(await (await app.browserWindow(page)).evaluate((shown) => shown.webContents.session.isPersistent())).toBe(true);
  await pressAndClose(prompt, 'Escape');
});

test('the prompt is readable in every language and scheme', async ({ app, page }, info) => {
  await pressAndClose(await dialogWindow(app), 'Escape');
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['kk', 'ru', 'en'] as const) {
      await page.evaluate(
        async (settings) => {
          const { kense } = globalThis as unknown as { kense: { settings: { set(input: object): Promise<unknown> } } };
          await kense.settings.set(settings);
        },
        { language, theme },
      );
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await page.getByRole('radio', { checked: true }).press('Enter');
      const prompt = await dialogWindow(app);
      await expect(prompt.getByLabel(textsOf(language)('shell.pin.field'), { exact: true })).toBeFocused();
      await expect(prompt.locator('html')).toHaveAttribute('data-scheme', theme);
      await expect(prompt.getByText(textsOf(language)('training.mark'), { exact: true })).toBeVisible();
      await prompt.screenshot({ path: info.outputPath(`pin-${theme}-${language}.png`) });
      const { violations } = await new AxeBuilder({ page: prompt }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
      await pressAndClose(prompt, 'Escape');
    }
  }
});

test('the prompt has the contrast and the text size of the window, and all of it can be reached', async ({ app, page }, info) => {
  const prompt = await dialogWindow(app);
  const pixels = (of: Page) => of.getByRole('textbox').evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize));
  const usual = await pixels(prompt);
  await pressAndClose(prompt, 'Escape');
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(
      async (settings) => {
        const { kense } = globalThis as unknown as { kense: { settings: { set(input: object): Promise<unknown> } } };
        await kense.settings.set(settings);
      },
      { theme, contrast: true, textSizePercent: 200 },
    );
    await expect(page.locator('html')).toHaveAttribute('data-contrast', 'high');
    await page.getByRole('radio', { checked: true }).press('Enter');
    const large = await dialogWindow(app);
    await expect(large.locator('html')).toHaveAttribute('data-contrast', 'high');
    expect(await pixels(large)).toBe(2 * usual);
    const seen = await large.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect(seen).toBe(true);
    await large.getByRole('button', { name: t('shell.pin.cancel') }).scrollIntoViewIfNeeded();
    await expect(large.getByRole('button', { name: t('shell.pin.cancel') })).toBeInViewport();
    await large.screenshot({ path: info.outputPath(`pin-large-${theme}.png`) });
    const { violations } = await new AxeBuilder({ page: large }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await pressAndClose(large, 'Escape');
  }
});

test('digits are read by their keys where the layout has letters there', async ({ app, page }) => {
  const prompt = await dialogWindow(app);
  const field = prompt.getByLabel(t('shell.pin.field'), { exact: true });
  await expect(field).toBeFocused();
  // the digit row of the Kazakh layout
  const kazakh: readonly [string, string][] = [
    ['Digit1', '"'],
    ['Digit2', 'ә'],
    ['Digit3', 'і'],
    ['Digit4', 'ң'],
    ['Digit5', 'ғ'],
    ['Digit6', ','],
  ];
  const client = await prompt.context().newCDPSession(prompt);
  for (const [code, key] of kazakh) {
    const press = { code, key, windowsVirtualKeyCode: code.charCodeAt(5) };
    await client.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key, ...press });
    await client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
  }
  await expect(field).toHaveValue(TRAINING_PIN);
  await pressAndClose(prompt, 'Enter');
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('the PIN is shown only while the button is held, and is gone when the window loses the focus', async ({ app }) => {
  const prompt = await dialogWindow(app);
  const field = prompt.getByLabel(t('shell.pin.field'), { exact: true });
  const ok = prompt.getByRole('button', { name: t('shell.pin.okSignIn'), exact: true });
  const show = prompt.getByRole('button', { name: t('shell.pin.show') });
  await expect(ok).toBeDisabled();
  await field.fill('4711');
  await expect(ok).toBeEnabled();
  await expect(field).toHaveAttribute('type', 'password');
  await show.hover();
  await prompt.mouse.down();
  await expect(field).toHaveAttribute('type', 'text');
  await prompt.mouse.up();
  await expect(field).toHaveAttribute('type', 'password');
  await prompt.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(field).toHaveValue('');
  await expect(ok).toBeDisabled();
  await pressAndClose(prompt, 'Escape');
});

test('a wrong PIN is said at the next prompt, Escape signs nobody in, and the PIN is in no file of the desk', async ({
  app,
  page,
  desk,
}, info) => {
  const person = new Person(app, page, 'kk', info);
  const unusual = '90817263549';
  await enterPin(await dialogWindow(app), unusual);
  await expect(page.getByText(t('error.pin-wrong.title'))).toBeVisible();
  await page.getByRole('radio', { checked: true }).press('Enter');
  const again = await dialogWindow(app);
  await expect(again.getByRole('alert')).toHaveText(t('shell.pin.wrong'));
  await person.picture(again, 'pin-wrong');
  await pressAndClose(again, 'Escape');
  await expect(page.getByText(t('session.cancelled'))).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage))).toBe('{}{}');
  expect(await filesWith(desk, unusual)).toEqual([]);
});

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const bytes = entry.isFile() ? await readFile(file).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
    if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(file);
  }
  return found;
}
