import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { cutLabels } from '../support/cut-labels.ts';
import { expect, test } from '../support/e2e/fixtures.ts';
import { Person } from '../support/e2e/person.ts';
import { saveTo } from '../support/e2e/save-to.ts';

test.describe.configure({ timeout: 300_000 });

for (const language of ['kk', 'ru'] as const)
  test(`the head of office takes a report out and looks into the journal, in ${language}`, async ({ app, page, desk }, info) => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
    const person = new Person(app, page, language, info);
    const { t } = person;
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('office-head');

    // the day of the head begins with the board: a number is as large as the list that it opens
    const tile = page.getByRole('listitem').getByRole('button', { name: t('board.waiting') });
    await expect(tile).toBeVisible();
    const waiting = Number.parseInt(await tile.innerText(), 10);
    expect(waiting).toBeGreaterThan(5);
    await person.look('board');
    await tile.press('Enter');
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(waiting + 1));
    await person.press('Escape');
    await expect(tile).toBeFocused();
    await page.getByRole('button', { name: t('board.by.language') }).press('Enter');
    const split = page.getByRole('grid', { name: t('board.by.language') });
    const russian = split
      .getByRole('row')
      .filter({ hasText: t('language.ru') })
      .getByRole('button');
    const arrived = Number(await russian.first().innerText());
    expect(arrived).toBeGreaterThan(0);
    await russian.first().press('Enter');
    await expect(page.getByRole('button', { name: t('queue.note.received', { days: '' }).trim() })).toBeVisible();
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(arrived + 1));
    await person.press('Escape');
    await expect(russian.first()).toBeFocused();
    await person.press('KeyT');
    await expect(page.getByRole('region', { name: t('board.weeks') }).locator('svg')).toHaveCount(0);
    await person.look('board-table');

    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.reports'), exact: true })
      .click();
    const table = page.getByRole('grid');
    await expect(table).toBeVisible();
    const rows = Number(await table.getAttribute('aria-rowcount')) - 1;
    expect(rows).toBeGreaterThan(5);
    await person.look('reports');
    for (const format of ['csv', 'xlsx', 'pdf']) {
      const place = await saveTo(app, info, `report.${format}`);
      await page.getByRole('button', { name: t('report.saveAs', { format: format.toUpperCase() }) }).press('Enter');
      await expect(page.getByText(t('report.saved', { format: format.toUpperCase() }))).toBeAttached();
      if (format === 'csv') expect(parse(readFileSync(place), { bom: true, delimiter: ';' })).toHaveLength(rows + 1);
      if (format === 'pdf') execFileSync('qpdf', ['--check', place]);
    }
    // broken down, and by its rows into a filing and back to the same question
    await page.getByRole('combobox', { name: t('report.by') }).selectOption({ label: t('report.field.category') });
    await expect(page.getByRole('columnheader').first()).toHaveText(t('report.field.category'));
    await table.getByRole('row').nth(1).click();
    await expect(page.getByRole('tablist', { name: t('filing.work') })).toBeVisible();
    await person.press('Escape');
    await expect(page.getByRole('columnheader').first()).toHaveText(t('report.field.category'));

    const sections = page.getByRole('group', { name: t('report.section') });
    await sections.getByRole('button', { name: t('report.section.fairness') }).press('Enter');
    await expect(page.getByText(t('fairness.noPatterns'))).toBeVisible();
    await person.look('fairness');
    expect(await cutLabels(page)).toEqual([]);

    await sections.getByRole('button', { name: t('report.section.scheduled') }).press('Enter');
    const monthly = page.getByRole('switch').first();
    await monthly.press('Space');
    await expect(monthly).toBeChecked();
    await expect(page.getByText(t('report.scheduled.none'))).toBeVisible();
    await person.look('scheduled');
    expect(await cutLabels(page)).toEqual([]);
    await sections.getByRole('button', { name: t('report.section.reports'), exact: true }).press('Enter');
    await expect(table).toBeVisible();
    // a period in which nothing came
    for (const [field, day] of [
      ['report.from', '01.01.2025'],
      ['report.until', '31.01.2025'],
    ] as const) {
      await page.getByLabel(t(field), { exact: true }).focus();
      await person.press('Control+a');
      await page.keyboard.type(day);
    }
    await person.press('Enter');
    await expect(page.getByText(t('report.noData'))).toBeVisible();

    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.journal'), exact: true })
      .click();
    await expect(page.getByText(t('journalView.chainWhole', { entries: '0' }).split('0')[0]!)).toBeVisible();
    await expect(page.getByText(t('journalView.desk', { desk: '' }).trim())).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: t('journal.report.exported') })).toHaveCount(3);
    await person.look('journal');
    // by a word of what was noted
    await page.getByLabel(t('journalView.text'), { exact: true }).focus();
    await page.keyboard.type('xlsx');
    await person.press('Enter');
    await expect(page.getByRole('row').filter({ hasText: t('journal.report.exported') })).toHaveCount(1);
    await expect(page.getByText(t('journalView.found', { total: '1' }))).toBeVisible();
    await person.press('Control+a');
    await person.press('Delete');
    await person.press('Enter');
    await page.getByRole('combobox', { name: t('journalView.action') }).selectOption({ label: t('journalView.group.session') });
    await expect(page.getByRole('row').filter({ hasText: t('journal.report.exported') })).toHaveCount(0);
    await expect(
      page
        .getByRole('row')
        .filter({ hasText: t('journal.session.signed-in') })
        .first(),
    ).toBeVisible();

    const archive = await saveTo(app, info, 'journal.gz');
    await page.getByRole('button', { name: t('journalView.save') }).press('Enter');
    await expect(page.getByText(t('journalView.saved'))).toBeVisible();
    const check = ['main/cli/index.ts', 'journal', 'check', archive, '--trust', path.join(desk, 'training', 'talon-trust'), '--json'];
    const checked = JSON.parse(execFileSync('node', check, { encoding: 'utf8' })) as { valid: boolean; court: string };
    expect(checked).toMatchObject({ valid: true, court: '9900' });

    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: t('wipe.open') }).press('Enter');
    await expect(dialog.getByRole('status').first()).not.toBeEmpty();
    await person.look('wipe');
    expect(await cutLabels(page)).toEqual([]);
    await person.press('Escape');
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: t('whoSaw.open') }).press('Enter');
    await dialog.getByLabel(t('whoSaw.person')).fill('Үлгілиев');
    await person.press('Enter');
    await expect(dialog.getByText(`${t('whoSaw.filings')}:`)).toBeVisible();
    await person.look('who-saw');
    await person.press('Escape');
    await expect(dialog).toBeHidden();
  });
