import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const office = useFakeWindow();
const texts = { kk, ru };
const LISTS = {
  order: { kk: 'Тіркеу кезегінен озу', ru: 'Очерёдность регистрации' },
  returns: { kk: 'Қайтару ұсыныстары мен ұйғарымдар', ru: 'Предложенные и вынесенные возвраты' },
};
const shot = async (page: Page, name: string) =>
  process.env['SHOTS'] === undefined ? null : page.screenshot({ path: `${process.env['SHOTS']}/fairness-${name}.png` });
const whole = async (page: Page, what: string) => {
  for (const width of [1366, 1280]) {
    await page.setViewportSize({ width, height: 768 });
    expect(await cutLabels(page), `${what}, ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  expect(await violationsOn(page), what).toEqual([]);
};

describe.skipIf(!hasBrowser)('the fairness ledger and the reports that were made', { timeout: 180_000 }, () => {
  for (const language of ['kk', 'ru'] as const)
    for (const [theme, forcedColors] of [
      ['light', 'none'],
      ['dark', 'none'],
      ['light', 'active'],
    ] as const)
      test(`are whole in ${language}, ${theme}, colours ${forcedColors}: what was found, both lists, the notice and an opened report`, async () => {
        const t = texts[language];
        const look = `${language}-${theme}-${forcedColors}`;
        const { page, breaches } = await office.open(
          { signedIn: 'office-head', settings: { language, theme }, reports: true },
          { forcedColors },
        );
        const notice = page.getByRole('status', { name: t['report.section.scheduled'] });
        await notice.getByText(t['report.scheduled.notice'].replace('{{count}}', '1')).waitFor();
        await whole(page, `${look}, notice`);
        await shot(page, `${look}-notice`);
        await notice.getByRole('button', { name: t['report.scheduled.toThem'] }).click();
        const made = page.getByRole('button', { name: `${t['report.scheduled.open']}: ${LISTS.order.kk}, 2026-10` });
        await made.waitFor();
        expect(await notice.getByRole('button').count()).toBe(0);
        await made.click();
        await page.getByRole('dialog').locator('canvas').first().waitFor();
        expect(await callsOf(page, 'report.open-made')).toHaveLength(1);
        await whole(page, `${look}, opened`);
        await shot(page, `${look}-opened`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });

        await page.getByRole('button', { name: t['report.section.fairness'] }).click();
        await page.getByText(/Әлиева Қарлығаш .*(6-ын|6 документов)/).waitFor();
        for (const list of ['order', 'returns'] as const) {
          await page.getByRole('combobox').first().selectOption({ label: LISTS[list][language] });
          await page.getByRole('grid', { name: LISTS[list][language] }).waitFor();
          expect(await page.getByText(t['report.noData']).count()).toBe(0);
          await whole(page, `${look}, ${list}`);
          await shot(page, `${look}-${list}`);
        }
        expect(await breaches()).toEqual([]);
      });

  test('a pattern opens the filings that it counted', async () => {
    const { page } = await office.open({ signedIn: 'office-head', reports: true });
    await page.getByRole('button', { name: kk['report.scheduled.toThem'] }).click();
    await page.getByRole('button', { name: kk['report.section.fairness'] }).click();
    // the sentence counts more than are listed
    await page.getByText(`${kk['fairness.filings']}: 6, ${kk['fairness.listed'].replace('{{shown}}', '3')}`).click();
    await page.getByRole('button', { name: '9900-26-001702' }).click();
    await expect
      .poll(async () => (await callsOf(page, 'filing.get')).map((input) => (input as { id: string }).id))
      .toContain('00000000-0000-4000-8000-000000000002');
  });
});
