import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const SIZE = { width: 1366, height: 768 };

describe.skipIf(!hasBrowser)('the load of the office by keys alone', () => {
  const window = useFakeWindow();

  test('a number opens the list behind it, and everything of one goes to another in six keys', { timeout: 60_000 }, async () => {
    const { page, breaches } = await window.open({ signedIn: 'office-head', filings: 30 });
    await page.setViewportSize(SIZE);
    await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
    await page.keyboard.press('Control+2');
    const current = page.locator('[data-row-id][data-current]');
    await current.and(page.locator(':focus')).waitFor();
    for (const key of ['x', 'ArrowDown', 'x', 'a']) await page.keyboard.press(key);
    await page.keyboard.press('Control+3');
    const grid = page.getByRole('grid', { name: kk['nav.workload'] });
    await grid.locator(':focus').waitFor();
    expect(await cutLabels(page)).toEqual([]);
    const opens = async () => (await grid.locator('tbody tr td:nth-child(2)').allInnerTexts()).map(Number);
    const places = await opens();
    const mine = places.findIndex((count) => count === 2);
    expect(places.filter((count) => count > 0)).toEqual([2]);

    await page.keyboard.press('Home');
    for (let row = 0; row < mine; row++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await current.and(page.locator(':focus')).waitFor();
    expect(await page.locator('[data-row-id]').count()).toBe(2);
    await page.keyboard.press('Escape');
    await grid.locator('tr[data-current] :focus').waitFor();
    expect(await grid.locator('tbody tr').evaluateAll((rows) => rows.findIndex((row) => row.matches('[data-current]')))).toBe(mine);

    await page.keyboard.press('m');
    await page.getByRole('listbox').and(page.locator(':focus')).waitFor();
    expect(await page.getByRole('option').first().innerText()).toContain(kk['work.after'].replace('{{count}}', '2'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await opens())[mine]).toBe(0);
    await grid.locator(':focus').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await opens())[mine]).toBe(2);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });
});
