import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { callsOf } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type InPage = typeof globalThis & { fakeOffice: FakeOffice };

describe.skipIf(!hasBrowser)('printing in the window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();
  const note = (page: Page) => page.getByRole('status', { name: kk['print.action'] });

  test('Ctrl+P prints the document that is open, Ctrl+Shift+P at once, and both say what became of it', async () => {
    const { page, breaches } = await window.open({ signedIn: 'secretary' });
    await page.getByRole('grid').getByRole('row').nth(1).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Control+p');
    await page.keyboard.press('Enter');
    await page.locator('[data-page] canvas').first().waitFor();
    expect(await callsOf(page, 'print.paper')).toEqual([]);
    await page.keyboard.press('Control+p');
    await note(page).getByText(kk['print.sent']).waitFor();
    await page.keyboard.press('Control+Shift+p');
    await note(page).getByText(kk['print.sentTo'].replace('{{printer}}', 'office')).waitFor();
    const calls = (await callsOf(page, 'print.paper')) as { paper: string; id: string; silent: boolean }[];
    expect(calls.map(({ paper, silent }) => [paper, silent])).toEqual([
      ['document', false],
      ['document', true],
    ]);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('what the printer refuses is said in words and waits among the settings until it is printed or dropped', async () => {
    const { page, breaches } = await window.open({ signedIn: 'judge' });
    await page.getByRole('grid').getByRole('row').nth(1).and(page.locator(':focus')).waitFor();
    await page.evaluate(() => (globalThis as InPage).fakeOffice.refusePrinting());
    await page.keyboard.press('Enter');
    await page.locator('[data-page] canvas').first().waitFor();
    await page.getByRole('button', { name: kk['print.action'] }).press('Enter');
    await note(page).getByText('act.pdf').waitFor();
    await page.getByRole('navigation', { name: kk['nav.label'] }).getByRole('button', { name: kk['nav.settings'] }).click();
    const waiting = page.getByRole('region', { name: kk['print.waiting'] });
    await waiting.getByText(kk['print.problem.printer-failed']).waitFor();
    expect(await page.getByRole('switch', { name: kk['settings.printSilently'] }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: 'Кеңсе принтері' }).check();
    await page.getByRole('switch', { name: kk['settings.printSilently'] }).check();
    expect(await cutLabels(page)).toEqual([]);
    await waiting.getByRole('button', { name: kk['print.drop'] }).click();
    await waiting.waitFor({ state: 'detached' });
    expect(await callsOf(page, 'settings.set')).toMatchObject([{ printer: 'office' }, { printSilently: true }]);
    expect(await callsOf(page, 'print.drop')).toHaveLength(1);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });
});
