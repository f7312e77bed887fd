import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';
import { saveTo } from '../support/e2e/save-to.ts';

test.describe.configure({ timeout: 300_000 });

const MOST_PRESSES = 8;
const OPEN_SAMPLES = 12;

for (const language of ['kk', 'ru'] as const) {
  test(`the whole way of a filing in ${language}: queue, checks, number, talon, ruling, counts`, async ({ app, page, registry }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const rows = page.getByRole('row');
    const notice = page.getByRole('status', { name: t('reg.notice') });
    const chip = page
      .getByRole('banner')
      .getByRole('status')
      .filter({ hasText: t('sync.online') });

    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.look('sign-in');
    await person.signIn('secretary');

    await expect(rows).toHaveCount(OPEN_SAMPLES + 1);
    await expect(rows.nth(1)).toBeFocused();
    await expect(page.getByRole('row').filter({ hasText: t('sig.short.not-checked') })).toHaveCount(0);
    await person.look('queue');

    const claim = rows
      .filter({ hasText: t('kindShort.claim') })
      .filter({ hasText: t('sig.short.valid') })
      .first();
    const cabinetNumber = /\b\d{12}\b/.exec(await claim.innerText())![0];
    const place = Number(await claim.getAttribute('aria-rowindex')) - 1;
    for (let at = 2; at <= place; at++) {
      await person.press('ArrowDown');
      await expect(rows.nth(at)).toBeFocused();
    }
    await expect(claim).toBeFocused();
    await person.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('canvas').first()).toBeVisible();
    const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
    await expect(checks.first()).toBeVisible();
    await person.look('filing');

    person.presses = 0;
    const count = await checks.count();
    for (let check = 1; check <= count; check++) await person.press(`Digit${check}`);
    await expect(page.getByText(t('check.allDone'))).toBeVisible();
    await person.press('Control+Enter');
    await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
    const confirming = person.presses;
    await person.look('confirm');
    await person.press('Enter');
    await expect(notice).toContainText(t('reg.success'));
    expect(person.presses, 'keys from the opened filing to its number').toBeLessThanOrEqual(MOST_PRESSES);
    expect(confirming).toBeLessThan(person.presses);
    await expect(notice).toContainText(/9900-\d\d-\d{6}/);
    await expect(notice).toContainText(/9900-\d\d-00-2\/\d+/);
    const [incomingNumber] = /9900-\d\d-\d{6}/.exec(await notice.innerText())!;
    await person.look('registered');

    await notice.getByRole('button', { name: t('talon.open') }).press('Enter');
    const talon = page.getByRole('dialog', { name: t('talon.title') });
    await expect(talon.locator('canvas').first()).toBeVisible();
    await person.look('talon');
    const saved = await saveTo(app, info, 'talon.pdf');
    await talon.getByRole('button', { name: t('talon.save') }).press('Enter');
    await expect.poll(() => existsSync(saved)).toBe(true);
    expect(execFileSync('pdftotext', [saved, '-'], { encoding: 'utf8' })).toContain(incomingNumber);
    await person.press('Escape');
    await expect(talon).toBeHidden();

    await expect.poll(async () => (await seenByFiler(registry, cabinetNumber)).talon).toBe(true);
    expect(await seenByFiler(registry, cabinetNumber)).toMatchObject({ incomingNumber, state: 'with-judge' });
    await expect(chip).toHaveText(t('sync.online'));

    await person.press('Control+l');
    await expect(page.getByRole('heading', { name: t('session.locked') })).toBeVisible();
    await expect(notice).toBeHidden();
    await person.look('locked');
    await person.press('Enter');
    await person.answerPin('000000');
    await expect(page.getByRole('main', { name: t('session.locked') })).toContainText(t('error.pin-wrong.title'));
    await page.getByRole('button', { name: t('session.unlock') }).press('Enter');
    await person.answerPin();
    await expect(notice).toContainText(incomingNumber);
    await person.signOut();

    await person.signIn('judge');
    await expect(rows.nth(1)).toBeFocused();
    await person.look('acts');
    await person.press('Enter');
    await expect(page.locator('canvas').first()).toBeVisible();
    await expect(page.getByText(t('act.notReviewed'))).toBeVisible();
    await person.readToTheEnd();
    await person.look('act');
    await person.press('KeyR');
    await expect(page.getByText(t('act.reviewed'), { exact: true })).toBeVisible();
    await person.press('Control+Enter');
    await person.signWithChosenKey();
    await expect(page.getByRole('button', { name: t('act.save') })).toBeVisible();
    await expect.poll(async () => (await seenByFiler(registry, cabinetNumber)).state).toBe('accepted');
    await expect(page.getByText(t('act.state.confirmed'))).toBeVisible();
    await person.look('signed');
    expect((await seenByFiler(registry, cabinetNumber)).acts, 'the signature sends it to nobody').toEqual([]);
    await person.press('Control+3');
    await page.getByRole('grid', { name: t('dispatch.title') }).waitFor();
    await person.press('Enter');
    await expect(page.getByRole('heading', { name: t('dispatch.people') })).toBeVisible();
    await person.look('dispatch');
    await person.press('Control+Enter');
    await expect(page.getByRole('heading', { name: t('dispatch.recipients') })).toBeVisible();
    await expect
      .poll(async () => (await seenByFiler(registry, cabinetNumber)).acts)
      .toEqual([expect.objectContaining({ kind: 'ruling-accept' })]);
    await person.signOut();

    await person.signIn('office-head');
    const registeredToday = page.getByRole('listitem').getByRole('button', { name: t('board.registeredToday') });
    await expect(registeredToday).toContainText('1');
    await expect(page.getByRole('listitem').getByRole('button', { name: t('board.waiting') })).toContainText(String(OPEN_SAMPLES - 1));
    await person.look('board');
    await person.press('Control+9');
    await expect(page.getByRole('heading', { name: t('nav.settings') })).toBeVisible();
    await person.look('settings');
    await person.signOut();
  });
}
