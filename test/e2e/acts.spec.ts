import { v7 as newId } from 'uuid';
import type { Page } from '@playwright/test';
import { submitFiling } from '../../main/sync/cabinet-client.ts';
import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';
import type { TestRegistry } from '../support/e2e/registry.ts';

test.describe.configure({ timeout: 300_000 });

const CLAIMANT = 'Әлия Қуанышқызы Өмірбекова';
const RULING = 'Істі дайындау туралы ұйғарым';

/** A claim without any documents; the office marks that as a defect. */
async function claim({ url }: TestRegistry): Promise<string> {
  const parties = [
    { side: 'claimant', type: 'person', iin: '870131400012', name: CLAIMANT },
    { side: 'respondent', type: 'organisation', name: '«Өркен» ЖШС', email: 'orken@example.invalid' },
  ];
  const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties, documents: [] };
  const sent = await submitFiling({ registryUrl: url, folder, read: () => Promise.resolve(null), idempotencyKey: newId() });
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.cabinetNumber;
}
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

test('a preparation ruling is drafted by the secretary, read and signed by the judge, and sent to the parties', async ({
  app,
  page,
  registry,
}, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  const section = page.getByRole('region', { name: t('acts.otherTitle'), exact: true });
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

  await person.press('Control+2');
  await rowOf(page, CLAIMANT).click();
  await expect(section).toContainText(t('acts.none'));
  await section.getByRole('button', { name: t('acts.draft') }).press('Enter');
  await expect(section.getByRole('combobox', { name: t('acts.draftKind') })).toBeFocused();
  await expect(section.getByRole('combobox')).toHaveValue('ruling-prep');
  await person.look('draft-form');
  await person.press('Control+Enter');
  await expect(section.getByRole('listitem', { name: RULING })).toBeFocused();
  await expect(section).toContainText(t('acts.preparing'));
  await person.look('prepared');
  await section.getByRole('button', { name: t('editor.open') }).press('Enter');
  const editor = page.getByRole('dialog', { name: t('editor.title') });
  await editor.getByRole('textbox').first().focus();
  await person.press('End');
  await page.keyboard.type(' (кеңсе толықтырды)');
  await person.press('Control+Enter');
  await expect(editor).toBeHidden();
  await section.getByRole('button', { name: t('acts.hand') }).press('Enter');
  await expect(section).toContainText(t('acts.withJudge'));
  await expect(section.getByRole('button', { name: t('editor.open') }), 'it lies with the judge now').toBeHidden();
  await person.look('handed');
  await person.signOut();

  await person.signIn('judge');
  await expect(rowOf(page, CLAIMANT)).toHaveCount(2);
  await person.look('judge-list');
  await rowOf(page, RULING).click();
  await expect(page.getByRole('heading', { level: 1, name: RULING })).toBeVisible();
  await person.readToTheEnd();
  await person.look('review');
  await person.press('KeyR');
  await expect(page.getByText(t('act.reviewed'), { exact: true })).toBeVisible();
  await person.press('Control+Enter');
  await person.signWithChosenKey();
  await expect(page.getByRole('button', { name: t('act.save') })).toBeVisible();
  await expect(page.getByText(t('act.state.confirmed'))).toBeVisible();
  await person.look('signed');
  expect(await seenByFiler(registry, number), 'it decides nothing, and nobody was told').toMatchObject({ state: 'with-judge', acts: [] });
  await person.press('KeyD');
  await expect(page.getByRole('heading', { level: 1, name: RULING })).toBeVisible();
  await person.look('dispatch');
  await person.press('Control+Enter');
  await expect(page.getByRole('heading', { name: t('dispatch.recipients') })).toBeVisible();
  await expect
    .poll(async () => (await seenByFiler(registry, number)).acts)
    .toEqual([
      expect.objectContaining({ kind: 'ruling-prep', title: RULING, terms: [expect.objectContaining({ id: 'gpk.notice.send' })] }),
    ]);
});
