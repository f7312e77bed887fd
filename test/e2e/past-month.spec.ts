import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { cutChoices, cutLabels } from '../support/cut-labels.ts';
import { expect, test as base } from '../support/e2e/fixtures.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { PUT_OFF_FOR, WENT_ON_FOR } from '../support/e2e/past-words.ts';
import { Person } from '../support/e2e/person.ts';
import { saveTo } from '../support/e2e/save-to.ts';

base.describe.configure({ timeout: 300_000 });

const EARLY = 6;

for (const language of ['kk', 'ru'] as const) {
  const test = base.extend({
    // a desk of its own: the work of last month was done before
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    desk: async ({}, use) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'kense-e2e-'));
      execFileSync(process.execPath, ['test/support/e2e/past-office.ts', folder, language], { cwd: ROOT });
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
  });

  test(`the head of office looks back at last month, in ${language}`, async ({ app, page }, info) => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
    const person = new Person(app, page, language, info);
    const { t } = person;
    const whole = async (name: string) => {
      expect(await cutLabels(page), name).toEqual([]);
      expect(await cutChoices(page), name).toEqual([]);
      await page.emulateMedia({ forcedColors: 'active' });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('.hiddenCanvasElement').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        `${name}, forced colours`,
      ).toEqual([]);
      await person.picture(page, `${name}-forced`);
      await page.emulateMedia({ forcedColors: 'none' });
      await person.look(name);
    };
    /** What is on is filled in forced colours, where what is off is not. */
    const toldApart = async (on: Locator, off: Locator) => {
      const groundOf = (place: Locator) => place.first().evaluate((e) => getComputedStyle(e).backgroundColor);
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await groundOf(on)).not.toBe(await groundOf(off));
      await page.emulateMedia({ forcedColors: 'none' });
    };
    const words = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/[\s\u00a0]+/g, ' ');
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('office-head');

    // the month is over: the program has made its reports and says so
    await page.getByRole('button', { name: t('report.scheduled.toThem') }).press('Enter');
    const made = page.getByRole('region', { name: t('report.section.scheduled') }).getByRole('listitem');
    await expect(made).toHaveCount(2);
    await expect(made.getByText(t('report.scheduled.new'))).toHaveCount(2);
    await whole('made');
    await toldApart(page.locator('input[role="switch"]:checked + *'), page.locator('input[role="switch"]:not(:checked) + *'));
    await toldApart(page.getByRole('radio', { checked: true }), page.getByRole('radio', { checked: false }));
    const registered = made.filter({ hasText: `${t('report.scheduled.rows')}: ${EARLY}` });
    const xlsx = await saveTo(app, info, 'registered.xlsx');
    await registered.getByRole('button', { name: t('report.saveAs', { format: 'XLSX' }) }).press('Enter');
    await expect(registered.getByText(t('report.scheduled.new'))).toHaveCount(0);
    expect(execFileSync('unzip', ['-p', xlsx, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' }).match(/<row /g)?.length).toBeGreaterThan(
      EARLY,
    );
    await registered.getByRole('button', { name: t('report.scheduled.open') }).press('Enter');
    const paper = page.getByRole('dialog');
    await expect(paper.locator('canvas').first()).toBeVisible();
    await expect(
      paper
        .locator('[lang]')
        .filter({ has: page.locator('canvas') })
        .last(),
    ).toHaveAttribute('lang', language);
    await person.look('made-open');
    const pdf = await saveTo(app, info, 'registered.pdf');
    await paper.getByRole('button', { name: t('report.saveAs', { format: 'PDF' }) }).press('Enter');
    await expect(async () => {
      execFileSync('qpdf', ['--check', pdf], { stdio: 'ignore' });
    }).toPass();
    expect(words(pdf).match(/9900-\d\d-\d{6}/g)?.length).toBe(EARLY);
    await person.press('Escape');
    await expect(paper).toBeHidden();

    // fairness: who was passed over and why, and what the rules point at
    const sections = page.getByRole('group', { name: t('report.section') });
    await sections.getByRole('button', { name: t('report.section.fairness') }).press('Enter');
    const lastMonth = page.getByRole('button', { name: t('report.lastMonth') });
    await lastMonth.press('Enter');
    await expect(lastMonth).toHaveAttribute('aria-pressed', 'true');
    const table = page.getByRole('grid');
    await expect(table.getByRole('row').filter({ hasText: PUT_OFF_FOR })).toHaveCount(1);
    await expect(table.getByRole('row').filter({ hasText: t('fairness.reason.none') })).toHaveCount(1);
    const patterns = page.locator('details');
    await expect(patterns).not.toHaveCount(0);
    await patterns.first().locator('summary').press('Enter');
    await expect(patterns.first().getByRole('listitem')).not.toHaveCount(0);
    await whole('order');
    await toldApart(lastMonth, page.getByRole('button', { name: t('report.thisMonth') }));
    await toldApart(sections.locator('[aria-pressed="true"]'), sections.locator('[aria-pressed="false"]'));

    const which = page.getByRole('combobox', { name: t('report.which') });
    await which.selectOption('overrides');
    await expect(table.getByRole('row').filter({ hasText: WENT_ON_FOR })).toHaveCount(EARLY - 1);
    await whole('overrides');
    await which.selectOption('returns');
    await expect(page.getByText(t('report.noData'))).toBeVisible();
    await whole('returns');

    // the contents of one of them were wiped: its row leads to what is left
    await sections.getByRole('button', { name: t('report.section.reports'), exact: true }).press('Enter');
    await which.selectOption('registered');
    await expect(table).toHaveAttribute('aria-rowcount', String(EARLY + 1));
    await table.getByRole('row').nth(1).click();
    const notice = page.getByRole('status').filter({ hasText: t('filing.wiped', { when: '' }).split('(')[0]!.trim() });
    await expect(notice).toBeVisible();
    await expect(page.getByText(/9900-\d\d-\d{6}/)).toBeVisible();
    await whole('wiped');
    await person.press('Escape');
    await expect(table).toHaveAttribute('aria-rowcount', String(EARLY + 1));
  });
}
