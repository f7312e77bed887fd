import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';

test.describe.configure({ timeout: 480_000 });

const MOST_PRESSES = 8;

for (const language of ['kk', 'ru'] as const) {
  test(`ten filings of ten kinds in ${language}, from their arrival to their talons by keys alone`, async ({
    app,
    page,
    desk,
    registry,
  }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const rows = page.getByRole('row');
    const notice = page.getByRole('status', { name: t('reg.notice') });
    const args = ['test/support/e2e/submit-ten.ts', path.join(desk, 'training'), registry.url, language];
    const sent = JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as {
      kind: string;
      cabinetNumber: string;
    }[];

    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('secretary');
    await expect(rows.nth(1)).toBeFocused();

    const counted: string[] = [];
    for (const [at, { kind, cabinetNumber }] of sent.entries()) {
      await goTo(cabinetNumber);
      const heading = page.getByRole('complementary', { name: t('filing.work') });
      await expect(heading).toContainText(cabinetNumber);
      await expect(heading).toContainText(t('sig.short.valid'));
      await expect(page.locator('canvas').first()).toBeVisible();
      const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
      await expect(checks.first()).toBeVisible();
      await person.picture(page, `${at + 1}-${kind}`);

      person.presses = 0;
      const count = await checks.count();
      for (let check = 1; check <= count; check++) await person.press(`Digit${check}`);
      await person.press('Control+Enter');
      await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
      await person.picture(page, `${at + 1}-${kind}-confirm`);
      await person.press('Enter');
      await expect(notice).toContainText(/9900-\d\d-\d{6}/);
      expect(person.presses, `keys for ${kind}`).toBeLessThanOrEqual(MOST_PRESSES);
      counted.push(`${kind} ${person.presses}`);
      await expect.poll(async () => (await seenByFiler(registry, cabinetNumber)).incomingNumber).not.toBeNull();
      const { incomingNumber } = await seenByFiler(registry, cabinetNumber);
      await expect(notice).toContainText(incomingNumber!);
      await expect(heading).not.toContainText(cabinetNumber);

      await person.press('KeyP');
      const talon = page.getByRole('dialog', { name: t('talon.title') });
      await expect(talon.locator('canvas').first()).toBeVisible();
      if (at === 0) await person.picture(page, 'talon');
      await person.press('Escape');
      await expect(talon).toBeHidden();
      await expect.poll(async () => (await seenByFiler(registry, cabinetNumber)).talon).toBe(true);
    }
    expect(counted).toHaveLength(10);
    expect(new Set(sent.map(({ kind }) => kind)).size).toBe(10);
    info.annotations.push({ type: 'keys', description: counted.join(', ') });
    process.stdout.write(`keys pressed in ${language}: ${counted.join(', ')}\n`);

    /** From wherever the last one left: back to the list, down to the row, open. */
    async function goTo(cabinetNumber: string): Promise<void> {
      const row = rows.filter({ hasText: cabinetNumber });
      if (!(await page.getByRole('grid').first().isVisible())) await person.press('Escape');
      await expect(row).toBeVisible();
      await expect(rows.and(page.locator(':focus'))).toBeVisible();
      await person.press('Home');
      for (let step = 0; step < 60 && !(await row.evaluate((element) => element === document.activeElement)); step++)
        await person.press('ArrowDown');
      await expect(row).toBeFocused();
      await person.press('Enter');
    }
  });
}
