import AxeBuilder from '@axe-core/playwright';
import { cutLabels } from '../support/cut-labels.ts';
import { expect, test } from '../support/e2e/fixtures.ts';
import { Person } from '../support/e2e/person.ts';

for (const language of ['kk', 'ru'] as const)
  test(`the administrator keeps people and workstations, in ${language}`, async ({ app, page }, info) => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
    const person = new Person(app, page, language, info);
    const { t } = person;
    const whole = async (name: string) => {
      expect(await cutLabels(page), name).toEqual([]);
      for (const forcedColors of ['none', 'active'] as const) {
        await page.emulateMedia({ forcedColors });
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          `${name}, colours ${forcedColors}`,
        ).toEqual([]);
      }
      await page.emulateMedia({ forcedColors: 'none' });
      await person.look(name);
    };
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('office-head');

    // two roles in one person: the active one stands in words, the other is one choice away
    const user = page.getByRole('banner').getByRole('button', { name: t('role.office-head') });
    await user.press('Enter');
    await page.getByRole('menuitem', { name: t('role.admin'), exact: true }).press('Enter');
    await expect(page.getByRole('banner').getByRole('button', { name: t('role.admin') })).toBeVisible();
    await expect(page.getByRole('heading', { name: t('administration.title') })).toBeVisible();
    await whole('people');

    // nobody revokes himself
    const rows = page.getByRole('row');
    const mine = rows.filter({ hasText: t('administration.me') });
    await mine.getByRole('button').press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(t('administration.notYourself'))).toBeVisible();
    await expect(dialog.getByRole('button', { name: t('administration.revokePerson') })).toHaveCount(0);
    await person.press('Escape');
    await expect(dialog).toBeHidden();

    const secretary = rows.filter({ hasText: t('role.secretary') });
    await secretary.getByRole('button').press('Enter');
    await whole('person');
    await dialog.getByRole('button', { name: t('administration.revokePerson') }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(secretary.getByText(t('administration.revoked'))).toBeVisible();

    await page.getByRole('button', { name: t('administration.view.workstations') }).press('Enter');
    await page.getByRole('button', { name: t('administration.addWorkstation') }).press('Enter');
    await dialog.getByLabel(t('administration.workstation')).fill('Қабылдау 2');
    await person.press('Enter');
    await expect(dialog.getByText(/^[0-9A-HJ-NP-Z]{4}(-[0-9A-HJ-NP-Z]{4}){3}$/)).toBeVisible();
    await whole('code');
    await person.press('Escape');
    await expect(rows.filter({ hasText: 'Қабылдау 2' })).toHaveCount(1);
    await whole('workstations');
    await rows.filter({ hasText: 'Қабылдау 2' }).getByRole('button').press('Enter');
    await expect(rows.filter({ hasText: 'Қабылдау 2' })).toHaveCount(0);

    await page.getByRole('button', { name: t('administration.view.rules') }).press('Enter');
    await page.getByLabel(t('administration.rule.offlineSignInDays')).fill('3');
    await person.press('Enter');
    await expect(page.getByText(t('administration.rulesSaved'))).toBeVisible();
    await whole('rules');

    await page.getByRole('button', { name: t('administration.view.court') }).press('Enter');
    await page.getByLabel(t('administration.court.nameKk')).fill('Өңірлік оқу соты');
    await page.getByLabel(t('administration.court.nameRu')).fill('Региональный учебный суд');
    await person.press('Enter');
    await expect(page.getByText(t('administration.rulesSaved'))).toBeVisible();
    await expect(page.getByRole('banner')).toContainText(/Өңірлік оқу соты|Региональный учебный суд/);
    await whole('court');

    await page.getByRole('button', { name: t('administration.view.changes') }).press('Enter');
    const changes = page.getByRole('table', { name: t('administration.changes.title') });
    for (const action of ['journal.court.renamed', 'journal.court.configured', 'journal.workstation.withdrawn', 'journal.user.changed'])
      await expect(changes.getByRole('row').filter({ hasText: t(action) })).toHaveCount(1);
    await expect(changes.getByRole('row').filter({ hasText: 'Региональный учебный суд' })).toContainText(t('journalDetail.after'));
    await whole('changes');
    await page.getByLabel(t('administration.changes.about')).selectOption('user');
    await expect(changes.getByRole('row').filter({ hasText: t('journal.court.renamed') })).toHaveCount(0);
    await expect(changes.getByRole('row').filter({ hasText: t('journal.user.changed') })).toHaveCount(1);

    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.journal'), exact: true })
      .click();
    for (const action of [
      'journal.user.changed',
      'journal.workstation.invited',
      'journal.workstation.withdrawn',
      'journal.court.configured',
      'journal.court.renamed',
    ])
      await expect(page.getByRole('row').filter({ hasText: t(action) })).toHaveCount(1);
    // two looks, for they were two questions
    await expect(page.getByRole('row').filter({ hasText: t('journal.journal.administration-viewed') })).toHaveCount(2);
  });
