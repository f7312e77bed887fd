import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';

test.describe.configure({ timeout: 180_000 });

test('two filings registered with the cable out arrive at the centre once', async ({ app, page, registry }, info) => {
  const person = new Person(app, page, 'ru', info);
  const { t } = person;
  const rows = page.getByRole('row');
  const notice = page.getByRole('status', { name: t('reg.notice') });
  const chip = page.getByRole('banner').getByRole('status');
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  await person.signIn('secretary');
  await expect(rows).toHaveCount(13);
  await expect(rows.filter({ hasText: t('sig.short.not-checked') })).toHaveCount(0);
  await expect(chip.filter({ hasText: t('sync.online') })).toBeVisible();

  await registry.stop();
  await person.press('F5');
  await expect(chip.filter({ hasText: t('sync.offline') })).toBeVisible();

  const numbers: string[] = [];
  const cabinetNumbers: string[] = [];
  await person.press('Enter');
  for (const place of [0, 1]) {
    const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
    await expect(checks.first()).toBeVisible();
    await expect(page.locator('canvas').first()).toBeVisible();
    cabinetNumbers.push(/\b\d{12}\b/.exec(await page.getByRole('complementary', { name: t('filing.work') }).innerText())![0]);
    const count = await checks.count();
    for (let check = 1; check <= count; check++) await person.press(`Digit${check}`);
    await person.press('Control+Enter');
    await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
    await expect(page.getByText(t('reg.offline'))).toBeVisible();
    await person.press('Enter');
    await expect(notice).toContainText(t('reg.offlineShort'));
    await expect.poll(async () => /9900-\d\d-\d{6}/.exec(await notice.innerText())?.[0]).not.toBe(numbers[place - 1] ?? undefined);
    numbers.push(/9900-\d\d-\d{6}/.exec(await notice.innerText())![0]);
  }
  await person.look('offline');
  await expect(chip.filter({ hasText: t('sync.offline') })).toBeVisible();
  expect(new Set(numbers).size).toBe(2);

  await registry.start();
  await person.press('F5');
  await expect(chip.filter({ hasText: t('sync.online') })).toHaveText(t('sync.online'));
  for (const [place, cabinetNumber] of cabinetNumbers.entries()) {
    const seen = await seenByFiler(registry, cabinetNumber);
    expect(seen).toMatchObject({ incomingNumber: numbers[place], talon: true });
    expect(['registered', 'with-judge']).toContain(seen.state);
  }
  await person.press('Control+2');
  await expect(rows).toHaveCount(3);
  await person.look('registered-list');
});
