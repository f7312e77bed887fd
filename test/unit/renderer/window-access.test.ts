import type { BrowserContextOptions, Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import type { UiLanguage } from '../../../shared/domain/language.ts';
import { cutLabels } from '../../support/cut-labels.ts';
import { PARKED, type FakeOptions } from '../../support/renderer/fake-kense.ts';
import { violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const texts = { kk, ru };
const secretary = (language: UiLanguage, theme: 'light' | 'dark', contrast = false): FakeOptions => ({
  signedIn: 'secretary',
  settings: { language, theme, contrast },
  sync: { online: false, waiting: 3, parked: PARKED },
});

/** The secretary's screens one after the other; `look` is called on each. */
async function walk(page: Page, language: 'kk' | 'ru', look: (screen: string) => Promise<void>): Promise<void> {
  const t = texts[language];
  const rows = page.getByRole('grid').getByRole('row');
  await rows.nth(1).waitFor();
  await look('queue');
  await page.getByRole('banner').getByRole('button').first().click();
  await page.getByRole('heading', { name: t['sync.title'], level: 1 }).waitFor();
  await look('sync');
  await page.getByRole('button', { name: t['sync.compare'] }).click();
  await page.getByRole('dialog').getByRole('table').waitFor();
  await look('conflict');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await page.getByRole('heading', { name: t['keys.title'] }).waitFor();
  await look('keys');
  await page.keyboard.press('Escape');
  /* A filing with everything wrong that documents can be. */
  await rows.nth(4).click();
  await page.locator('[data-page] canvas').first().waitFor();
  await look('filing');
  await page.keyboard.press('Alt+2');
  await page.getByRole('article').nth(1).waitFor();
  await page.locator('summary').first().click();
  await look('signatures');
  await page.keyboard.press('Alt+3');
  await page.getByRole('heading', { name: t['filing.parties'] }).waitFor();
  await look('details');
  const tabs = page.getByRole('tablist', { name: t['filing.documents'] }).getByRole('tab');
  for (const [place, heading] of [
    [4, 'document.other.title'],
    [5, 'document.pending.title'],
    [6, 'document.missing.title'],
    [7, 'document.changed.title'],
    [8, 'document.empty.title'],
  ] as const) {
    await tabs.nth(place).click();
    await page.getByRole('heading', { name: t[heading] }).waitFor();
  }
  await look('document that cannot be shown');
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { name: t['nav.registered'] }).waitFor();
  await page.keyboard.press('Control+1');
  await rows.nth(4).click();
  await page.locator('[data-page] canvas').first().waitFor();
  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: t['defects.title'] }).waitFor();
  await page.getByRole('checkbox').first().and(page.locator(':focus')).waitFor();
  await page.keyboard.press('3');
  await page.getByRole('textbox').waitFor();
  await look('defects');
}

describe.skipIf(!hasBrowser)('the window for everybody', { timeout: 240_000 }, () => {
  const window = useFakeWindow();

  const schemes: readonly (readonly [string, 'kk' | 'ru', FakeOptions, BrowserContextOptions])[] = [
    ['light, Kazakh', 'kk', secretary('kk', 'light'), {}],
    ['dark, Russian', 'ru', secretary('ru', 'dark'), {}],
    ['high contrast, Russian', 'ru', secretary('ru', 'light', true), {}],
    ['forced colours, Kazakh', 'kk', secretary('kk', 'light'), { forcedColors: 'active' }],
  ];
  test.each(schemes)('breaks no rule of accessibility: %s', async (_name, language, options, context) => {
    const { page, breaches } = await window.open(options, context);
    const found: string[] = [];
    await walk(page, language, async (screen) => {
      found.push(...(await violationsOn(page)).map((violation) => `${screen}: ${violation}`));
    });
    expect(found).toEqual([]);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['kk', 1366, 768],
    ['ru', 1366, 768],
    ['kk', 1280, 680],
    ['ru', 1280, 680],
  ] as const)('cuts no label in %s at %i × %i', async (language, width, height) => {
    const { page } = await window.open(secretary(language, 'light'), { viewport: { width, height } });
    const cut: string[] = [];
    await walk(page, language, async (screen) => {
      cut.push(...(await cutLabels(page)).map((label) => `${screen}: ${label}`));
    });
    expect(cut).toEqual([]);
    await page.context().close();
  });

  test('at least sixteen filings are in sight at 1366 × 768', async () => {
    const { page } = await window.open({ signedIn: 'secretary', filings: 40 });
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(1).waitFor();
    const whole = await grid.evaluate((element) => {
      const bottom = element.getBoundingClientRect().bottom;
      return [...element.querySelectorAll('[role="row"][data-index]')].filter((row) => row.getBoundingClientRect().bottom <= bottom).length;
    });
    expect(whole).toBeGreaterThanOrEqual(16);
    await page.context().close();
  });

  test('twice as large text leaves document and panel to be shown one after the other', async () => {
    const { page } = await window.open({ signedIn: 'secretary', settings: { textSizePercent: 200 } });
    await page.getByRole('row').nth(1).click();
    await page.locator('[data-page] canvas').first().waitFor();
    const panel = page.getByRole('complementary', { name: kk['filing.work'] });
    expect(await panel.isVisible()).toBe(false);
    await page.getByRole('button', { name: kk['filing.work'] }).click();
    expect(await panel.isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });

  test('F6 walks the panes and comes back to the first', async () => {
    const { page } = await window.open({ signedIn: 'secretary' });
    await page.getByRole('row').nth(1).and(page.locator(':focus')).waitFor();
    const paneOf = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.className ?? '');
    const panes: string[] = [];
    for (let presses = 0; presses < 4; presses++) {
      await page.keyboard.press('F6');
      panes.push(await paneOf());
    }
    expect(new Set(panes).size).toBe(4);
    expect(panes).not.toContain('');
    await page.keyboard.press('Shift+F6');
    expect(await paneOf()).toBe(panes[2]);
    await page.context().close();
  });
});
