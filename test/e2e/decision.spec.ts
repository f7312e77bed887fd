import { v7 as newId } from 'uuid';
import type { Page } from '@playwright/test';
import { submitFiling } from '../../main/sync/cabinet-client.ts';
import { expect, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';
import type { TestRegistry } from '../support/e2e/registry.ts';

test.describe.configure({ timeout: 300_000 });

const CLAIMANT = 'Әлия Қуанышқызы Өмірбекова';

/** A claim without any documents; the office marks that as a defect. */
async function claim({ url }: TestRegistry): Promise<string> {
  const parties = [{ side: 'claimant', type: 'person', iin: '870131400012', name: CLAIMANT }];
  const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties, documents: [] };
  const sent = await submitFiling({ registryUrl: url, folder, read: () => Promise.resolve(null), idempotencyKey: newId() });
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.cabinetNumber;
}
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

test('a draft goes from the judge to the office and back, is decided otherwise and written anew, by keys', async ({
  app,
  page,
  registry,
}, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  const section = page.getByRole('region', { name: t('decision.title'), exact: true });
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  const number = await claim(registry);
  await person.signIn('secretary');
  const showNew = page.getByRole('button', { name: t('queue.showNew') });
  await expect(rowOf(page, number).or(showNew)).toBeVisible();
  if (await showNew.isVisible()) await person.press('F5');
  await rowOf(page, number).click();
  await expect(page.getByRole('button', { name: t('reg.action') })).toBeVisible();
  await person.press('F9');
  await page.getByRole('checkbox', { name: t('returnReason.fee') }).press('Space');
  await person.press('Control+Enter');
  await expect(page.getByRole('button', { name: t('reg.action') })).toBeVisible();
  const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
  for (const check of await checks.all()) await check.press('Space');
  await person.press('Control+Enter');
  await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
  await person.press('Enter');
  await expect(page.getByRole('status', { name: t('reg.notice') })).toContainText(t('reg.success'));
  await person.signOut();

  await person.signIn('judge');
  await expect(rowOf(page, CLAIMANT)).toBeFocused();
  await person.press('Enter');
  await expect(section).toContainText(t('act.kind.ruling-return'));
  await section.getByRole('button', { name: t('decision.sendBack') }).press('Enter');
  await page.keyboard.type('Баж төленген бе?');
  await person.look('send-back');
  await page.getByRole('button', { name: t('decision.sendBackAction') }).press('Enter');
  await expect(section).toContainText(t('decision.withOffice'));
  await person.signOut();

  await person.signIn('secretary');
  const strip = page.getByRole('region', { name: t('decision.sentBackList') });
  await expect(strip).toContainText('Баж төленген бе?');
  await person.look('sent-back');
  await strip.getByRole('button', { name: CLAIMANT }).press('Enter');
  await section.getByRole('textbox', { name: t('decision.answer') }).focus();
  await page.keyboard.type('Жоқ, түбіртек тіркелмеген.');
  await person.look('answer');
  await person.press('Control+Enter');
  await expect(section).toContainText(t('decision.word.answered'));
  await expect(strip).toBeHidden();
  await person.signOut();

  await person.signIn('judge');
  await expect(rowOf(page, CLAIMANT)).toBeFocused();
  await person.press('Enter');
  await section.getByRole('button', { name: t('decision.otherwise') }).press('Enter');
  await expect(section.getByRole('radio', { name: t('decision.return'), exact: true })).toBeFocused();
  await person.press('ArrowDown');
  await expect(section.getByRole('radio', { name: t('decision.refuse') })).toBeChecked();
  await person.press('Tab', 'Space');
  await person.look('decide');
  await person.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: t('act.kind.ruling-refuse') })).toBeVisible();

  await section.getByRole('button', { name: t('editor.open') }).press('Enter');
  const editor = page.getByRole('dialog', { name: t('editor.title') });
  await editor.getByRole('textbox').first().focus();
  await person.press('End');
  await page.keyboard.type(' (түзетілді)');
  await person.look('editor');
  await person.press('Control+Enter');
  await expect(editor).toBeHidden();
  await section.getByRole('button', { name: t('versions.differenceOf', { number: 3 }) }).press('Enter');
  const difference = page.getByRole('dialog', { name: t('versions.between', { before: 2, after: 3 }) });
  await expect(difference.locator('ins')).toContainText('(түзетілді)');
  await person.look('difference');
  await person.press('Escape');
  await expect(page.getByText(t('act.notReviewed'))).toBeVisible();
});
