import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';
import { runKense } from '../support/cli/run-kense.ts';

test.describe.configure({ timeout: 300_000 });

/** SANE with its test device alone: a feeder of ten sheets. */
const config = mkdtempSync(path.join(os.tmpdir(), 'kense-sane-'));
writeFileSync(path.join(config, 'dll.conf'), 'test\n');
process.env['SANE_CONFIG_DIR'] = config;

for (const language of ['kk', 'ru'] as const) {
  test(`paper in ${language}, by keyboard: scanned, put in order, typed in, taken, registered, and seen by the others`, async ({
    app,
    page,
    registry,
  }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('secretary');
    await expect(page.getByRole('row').nth(1)).toBeFocused();

    // scanning: ten sheets of the feeder
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.scan'), exact: true })
      .press('Enter');
    await expect(page.getByLabel(t('paper.scanner'), { exact: true })).toBeVisible();
    await expect(page.getByText(t('paper.noPages'))).toBeVisible();
    await person.press('F8');
    const pages = page.locator('[data-page]');
    await expect(pages).toHaveCount(10, { timeout: 120_000 });
    await expect(page.getByRole('button', { name: t('paper.stopScan') })).toBeHidden();

    // by keys: the fourth page begins a document, the fifth is turned, the last is deleted and brought back
    await pages.first().focus();
    await person.press('ArrowRight', 'ArrowRight', 'ArrowRight');
    await expect(pages.nth(3)).toBeFocused();
    await person.press('s');
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([
      t('paper.document', { number: 1 }),
      t('paper.document', { number: 2 }),
    ]);
    await expect(pages.nth(3)).toBeFocused();
    await person.press('r');
    await person.press('Alt+ArrowRight');
    await expect(pages.nth(4)).toBeFocused();
    await person.press('Delete');
    await expect(pages).toHaveCount(9);
    await expect(page.getByText(t('paper.deleted', { number: 1 }))).toBeVisible();
    await person.press('Control+z');
    await expect(pages).toHaveCount(10);
    await expect(pages.nth(1).locator('canvas')).toBeVisible();
    await person.look('scan');

    // the form: nothing is taken before it is whole
    await person.press('Control+Enter');
    await expect(page.getByLabel(t('paper.kind'))).toBeFocused();
    await person.press('Control+Enter');
    const summary = page.getByRole('alert').filter({ hasText: t('paper.faults') });
    await expect(summary).toBeFocused();
    await person.look('faults');
    await page.getByLabel(t('paper.kind')).selectOption('claim');
    const claimant = page.getByRole('group', { name: t('paper.party', { number: 1 }), exact: true });
    await claimant.getByLabel(t('filing.iin')).focus();
    await page.keyboard.type('870131400012');
    await claimant.getByLabel(t('paper.party.name')).focus();
    await page.keyboard.type('Өмірбекова Әлия Қуанышқызы');
    const respondent = page.getByRole('group', { name: t('paper.party', { number: 2 }), exact: true });
    await respondent.getByLabel(t('paper.party.name')).focus();
    await page.keyboard.type('«Өркен» ЖШС');
    for (const field of await page.locator('input[required], textarea[required]').all())
      if ((await field.inputValue()) === '') await field.fill('1');
    await person.look('form');
    await person.press('Control+Enter');

    // a normal filing, signed by hand
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Өмірбекова', { timeout: 120_000 });
    await expect(page.getByText(t('check.signed-by-hand'))).toBeVisible();
    await person.look('taken');
    const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
    const count = await checks.count();
    for (let check = 1; check <= count; check++) await person.press(`Digit${check}`);
    await expect(page.getByText(t('check.allDone'))).toBeVisible();
    await person.press('Control+Enter');
    // nothing was said of the duty: the clerk goes on for a written reason
    const reason = page.getByRole('dialog', { name: t('finding.goOnTitle') });
    await expect(reason.getByRole('textbox')).toBeFocused();
    await page.keyboard.type('түбіртек істе бар');
    await person.press('Tab', 'Enter');
    await expect(reason).toBeHidden();
    await person.press('Control+Enter');
    await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
    await person.press('Enter');
    const notice = page.getByRole('status', { name: t('reg.notice') });
    await expect(notice).toContainText(/9900-\d\d-\d{6}/);
    const [incomingNumber] = /9900-\d\d-\d{6}/.exec(await notice.innerText())!;
    await notice.getByRole('button', { name: t('talon.open') }).press('Enter');
    await expect(
      page
        .getByRole('dialog', { name: t('talon.title') })
        .locator('canvas')
        .first(),
    ).toBeVisible();
    await person.look('talon');

    // a second desk of the court, and the cabinet
    const home = info.outputPath('home');
    const profile = info.outputPath('second-desk');
    const office = async (...args: string[]) => {
      const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home });
      expect(run.code, run.stderr + run.stdout).toBe(0);
      return JSON.parse(run.stdout) as unknown;
    };
    await office('enrol', '--training', '--registry', registry.url, '--code', registry.enrolmentCode);
    type Row = { cabinetNumber: string; incomingNumber: string | null; signature: string };
    const seen = async () => {
      await office('pull');
      return ((await office('queue')) as Row[]).find((row) => row.incomingNumber === incomingNumber) ?? null;
    };
    await expect.poll(seen, { timeout: 60_000 }).toMatchObject({ signature: 'on-paper' });
    const { cabinetNumber } = (await seen())!;
    expect(cabinetNumber).toMatch(/^\d{12}$/);
    expect(await seenByFiler(registry, cabinetNumber)).toMatchObject({ incomingNumber });

    // somebody brings more papers to it: scanned, found by its number, added, and seen by the second desk
    await person.press('Escape');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.scan'), exact: true })
      .press('Enter');
    await expect(page.getByLabel(t('paper.scanner'), { exact: true })).toBeVisible();
    await person.press('F8');
    await expect(pages).toHaveCount(10, { timeout: 120_000 });
    await expect(page.getByRole('button', { name: t('paper.stopScan') })).toBeHidden();
    await page.getByRole('button', { name: t('annex.toFiling') }).press('Enter');
    const finding = page.getByRole('dialog', { name: t('annex.findFiling') });
    await finding.getByRole('combobox').focus();
    await page.keyboard.type(incomingNumber);
    await expect(finding.getByRole('option', { name: incomingNumber })).toBeVisible();
    await person.look('find-filing');
    await person.press('Enter');
    await expect(finding).toBeHidden();
    await person.press('Control+Enter');
    const name = page.getByLabel(t('annex.handedInBy'));
    await expect(name).toBeFocused();
    await expect(page.getByText(t('annex.nameMissing'))).toBeVisible();
    await page.keyboard.type('Қайрат Өмірбеков');
    await person.look('annex');
    await person.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Өмірбекова', { timeout: 120_000 });
    await person.press('Alt+3');
    await expect(page.getByText('Қайрат Өмірбеков')).toBeVisible();
    await person.look('annexed');
    const documentsThere = async () => {
      await office('pull');
      const row = ((await office('queue')) as (Row & { id: string })[]).find((known) => known.incomingNumber === incomingNumber)!;
      return ((await office('show', row.id)) as { documents: { state: string; annexId: string | null }[] }).documents.at(-1);
    };
    await expect.poll(documentsThere, { timeout: 60_000 }).toMatchObject({ state: 'stored', annexId: expect.any(String) });
  });
}
