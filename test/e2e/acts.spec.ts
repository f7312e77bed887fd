import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { atTheDoor, openArrived, registerWithDefect, rowOf, SENDER, submitWithoutPapers } from '../support/e2e/without-papers.ts';

test.describe.configure({ timeout: 300_000 });

const RULING = 'Істі дайындау туралы ұйғарым';

test('a preparation ruling is drafted by the secretary, read and signed by the judge, and sent to the parties', async ({
  app,
  page,
  registry,
}, info) => {
  const person = await atTheDoor(app, page, info);
  const { t } = person;
  const section = page.getByRole('region', { name: t('acts.otherTitle'), exact: true });
  const number = await submitWithoutPapers(registry, 'claim');
  await person.signIn('secretary');
  await openArrived(page, person, number);
  await registerWithDefect(page, person, 'fee');

  await person.press('Control+2');
  await rowOf(page, SENDER).click();
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
  await expect(rowOf(page, SENDER)).toHaveCount(2);
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
