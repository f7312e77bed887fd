import { v7 as newId } from 'uuid';
import type { ElectronApplication, Page, TestInfo } from '@playwright/test';
import { submitFiling } from '../../../main/sync/cabinet-client.ts';
import { expect } from './fixtures.ts';
import { Person } from './person.ts';
import type { TestRegistry } from './registry.ts';

export const SENDER = 'Әлия Қуанышқызы Өмірбекова';
export const OTHER_SIDE = '«Өркен» ЖШС';
const PARTIES = [
  { side: 'claimant', type: 'person', iin: '870131400012', name: SENDER },
  { side: 'respondent', type: 'organisation', name: OTHER_SIDE, email: 'orken@example.invalid' },
];

/** Sends a filing without any documents, which the office marks as a defect; answers its cabinet number. */
export async function submitWithoutPapers({ url }: TestRegistry, kind: string): Promise<string> {
  const folder = { court: '9900', kind, language: 'kk' as const, parties: PARTIES, documents: [] };
  const sent = await submitFiling({ registryUrl: url, folder, read: () => Promise.resolve(null), idempotencyKey: newId() });
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.cabinetNumber;
}

/** Someone at a small screen, in Kazakh, with the choice of persons before them. */
export async function atTheDoor(app: ElectronApplication, page: Page, info: TestInfo): Promise<Person> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const person = new Person(app, page, 'kk', info);
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  return person;
}

export const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

/** Opens a filing that came while the list was open or before. */
export async function openArrived(page: Page, person: Person, cabinetNumber: string): Promise<void> {
  const { t } = person;
  const showNew = page.getByRole('button', { name: t('queue.showNew') });
  await expect(rowOf(page, cabinetNumber).or(showNew)).toBeVisible();
  if (await showNew.isVisible()) await person.press('F5');
  await rowOf(page, cabinetNumber).click();
  await expect(page.getByRole('button', { name: t('reg.action') })).toBeVisible();
  await expect(page.getByRole('complementary', { name: t('filing.work') })).not.toContainText(t('sig.short.not-checked'));
}

/** Registers the filing that is open, with one defect, after every check of one's own. */
export async function registerWithDefect(page: Page, person: Person, reason: 'fee' | 'signature'): Promise<void> {
  const { t } = person;
  await person.press('F9');
  await page.getByRole('checkbox', { name: t(`returnReason.${reason}`) }).press('Space');
  await person.press('Control+Enter');
  await expect(page.getByRole('button', { name: t('reg.action') })).toBeVisible();
  const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
  for (const check of await checks.all()) await check.press('Space');
  await person.press('Control+Enter');
  await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
  await person.press('Enter');
  await expect(page.getByRole('status', { name: t('reg.notice') })).toContainText(t('reg.success'));
}
