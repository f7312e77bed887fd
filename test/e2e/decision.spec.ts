import { expect, test } from '../support/e2e/cabled-desk.ts';
import { atTheDoor, openArrived, registerWithDefect, rowOf, SENDER, submitWithoutPapers } from '../support/e2e/without-papers.ts';

test.describe.configure({ timeout: 300_000 });

test('a draft goes from the judge to the office and back, is decided otherwise and written anew, by keys', async ({
  app,
  page,
  registry,
}, info) => {
  const person = await atTheDoor(app, page, info);
  const { t } = person;
  const section = page.getByRole('region', { name: t('decision.title'), exact: true });
  const number = await submitWithoutPapers(registry, 'claim');
  await person.signIn('secretary');
  await openArrived(page, person, number);
  await registerWithDefect(page, person, 'fee');
  await person.signOut();

  await person.signIn('judge');
  await expect(rowOf(page, SENDER)).toBeFocused();
  await person.press('Enter');
  await expect(section).toContainText(t('act.kind.ruling-return'));
  await person.press('KeyB');
  await expect(page.getByRole('dialog', { name: t('decision.sendBack') })).toBeVisible();
  await page.keyboard.type('Баж төленген бе?');
  await person.look('send-back');
  await page.getByRole('button', { name: t('decision.sendBackAction') }).press('Enter');
  await expect(section).toContainText(t('decision.withOffice'));
  await person.signOut();

  await person.signIn('secretary');
  const strip = page.getByRole('region', { name: t('decision.sentBackList') });
  await expect(strip).toContainText('Баж төленген бе?');
  await person.look('sent-back');
  await strip.getByRole('button', { name: SENDER }).press('Enter');
  await section.getByRole('textbox', { name: t('decision.answer') }).focus();
  await page.keyboard.type('Жоқ, түбіртек тіркелмеген.');
  await person.look('answer');
  await person.press('Control+Enter');
  await expect(section).toContainText(t('decision.word.answered'));
  await expect(strip).toBeHidden();
  await person.signOut();

  await person.signIn('judge');
  await expect(rowOf(page, SENDER)).toBeFocused();
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
