import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { callsOf } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type InPage = typeof globalThis & { fakeOffice: FakeOffice };

describe.skipIf(!hasBrowser)('the judge’s decision in the window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  async function openAct(): Promise<{ page: Page; section: ReturnType<Page['getByRole']>; done: () => Promise<void> }> {
    const opened = await window.open({ signedIn: 'judge' });
    const { page } = opened;
    await page.getByRole('grid').getByRole('row').nth(1).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    const section = page.getByRole('region', { name: kk['decision.title'] });
    await section.getByRole('button', { name: kk['decision.otherwise'] }).waitFor();
    return {
      page,
      section,
      done: async () => {
        expect(await opened.breaches()).toEqual([]);
        await page.context().close();
      },
    };
  }

  test('is chosen with its ground and words by keys alone, and draws the act anew', async () => {
    const { page, section, done } = await openAct();
    await section.getByRole('button', { name: kk['decision.otherwise'] }).focus();
    await page.keyboard.press('Enter');
    await section.getByRole('radio', { name: kk['decision.accept'], exact: true }).and(page.locator(':focus')).waitFor();
    const withKey = page.locator('[aria-keyshortcuts~="Control+Enter"]');
    expect(await withKey.allTextContents(), 'one button has the key').toEqual([expect.stringContaining(kk['decision.redraw'])]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Enter');
    await section.getByRole('alert').getByText(kk['decision.groundMissing']).waitFor();
    expect(await callsOf(page, 'decision.make'), 'nothing is decided without a ground').toEqual([]);
    expect(await callsOf(page, 'act.sign'), 'the key of the form signs nothing').toEqual([]);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Хабарлама жіберілмеген');
    await page.keyboard.press('Control+Enter');
    await section.getByRole('heading', { name: kk['act.kind.ruling-return'] }).waitFor();
    expect(await section.getByText('Хабарлама жіберілмеген').count()).toBe(1);
    expect(await callsOf(page, 'decision.make')).toMatchObject([
      { decision: 'return', grounds: [{ code: '152.1.1', note: 'Хабарлама жіберілмеген' }], transferTo: null },
    ]);
    await page.getByRole('heading', { level: 1, name: kk['act.kind.ruling-return'] }).waitFor();
    await done();
  });

  test('a transfer names the court, also one that is not listed; Esc closes the form and decides nothing', async () => {
    const { page, section, done } = await openAct();
    await section.getByRole('button', { name: kk['decision.otherwise'] }).click();
    await section.getByRole('radio', { name: kk['decision.transfer'] }).check();
    await section.getByRole('checkbox').first().check();
    await page.keyboard.press('Control+Enter');
    await section.getByText(kk['decision.courtMissing']).waitFor();
    await section.getByRole('combobox').selectOption({ label: kk['decision.courtOther'] });
    await section.getByRole('textbox', { name: kk['decision.courtName'] }).fill('Өскемен қалалық соты');
    await page.keyboard.press('Escape');
    await section.getByRole('button', { name: kk['decision.otherwise'] }).waitFor();
    expect(await callsOf(page, 'decision.make')).toEqual([]);

    await section.getByRole('button', { name: kk['decision.otherwise'] }).click();
    await section.getByRole('radio', { name: kk['decision.transfer'] }).check();
    await section.getByRole('checkbox').first().check();
    await section.getByRole('combobox').selectOption({ label: kk['decision.courtOther'] });
    await section.getByRole('textbox', { name: kk['decision.courtName'] }).fill('Өскемен қалалық соты');
    await section.getByRole('button', { name: kk['decision.redraw'] }).click();
    await section.getByText('Өскемен қалалық соты').waitFor();
    expect(await callsOf(page, 'decision.make')).toMatchObject([
      { decision: 'transfer', grounds: [{ code: '34.2', note: null }], transferTo: { code: null, name: 'Өскемен қалалық соты' } },
    ]);
    await done();
  });

  test('a draft that was sent back says so in the list and is not among those that are signed together, read or not', async () => {
    const { page, section, done } = await openAct();
    await page.evaluate(() => (globalThis as InPage).fakeOffice.readAll());
    await section.getByRole('button', { name: kk['decision.sendBack'] }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Баж төленген бе?');
    await page.getByRole('dialog').getByRole('button', { name: kk['decision.sendBackAction'] }).click();
    await section.getByRole('button', { name: kk['decision.takeBack'] }).waitFor();
    await page.keyboard.press('Escape');
    const grid = page.getByRole('grid');
    const sentBack = grid.getByRole('row').filter({ hasText: kk['decision.withOffice'] });
    await sentBack.waitFor();
    expect(await sentBack.getAttribute('aria-selected')).toBe('false');
    expect(await grid.getByRole('row', { selected: true }).count()).toBe(2);
    await done();
  });
});
