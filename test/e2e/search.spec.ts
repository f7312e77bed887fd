import { expect, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';
import { otherLayout } from '../../shared/domain/kk-format.ts';

test.describe.configure({ timeout: 180_000 });

for (const language of ['kk', 'ru'] as const) {
  test(`search and the card for a call in ${language}, by keys alone`, async ({ app, page }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    await person.chooseLanguage();
    await person.signIn('secretary');
    const row = page.locator('[data-row-id][data-current]');
    await expect(row).toBeFocused();
    const number = (await row.locator('[data-column="number"]').innerText()).trim();
    const claimant = (await row.locator('[data-column="claimant"]').innerText()).trim();
    const options = page.getByRole('option');
    const field = page.getByRole('combobox', { name: t('search.placeholder') });

    await person.press('Control+k');
    await expect(field).toBeFocused();
    await expect(page.getByRole('group', { name: t('search.commands') })).toContainText(t('keys.lock'));
    await page.keyboard.type(`${number.slice(-6, -3)} ${number.slice(-3)}`);
    await expect(page.getByRole('group', { name: t('search.filings') })).toContainText(number);
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await person.look('palette');
    await person.press('Enter');
    await expect(page.getByRole('complementary', { name: t('filing.work') })).toBeVisible();
    await person.press('Escape');
    await expect(row).toBeFocused();

    const surname = /\p{L}{4,}/u.exec(claimant)![0].toLowerCase();
    const plain = surname.replace(/[әғқңөұүһі]/g, (c) => ({ ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и' })[c]!);
    await person.press('Control+k');
    await page.keyboard.type(plain);
    await expect(
      page
        .getByRole('group', { name: t('search.filings') })
        .locator('b')
        .first(),
    ).toBeVisible();
    await field.fill(otherLayout(plain));
    await expect(page.getByRole('button', { name: t('search.otherLayout', { query: plain }) })).toBeVisible();
    await field.fill('ъъъъъъ');
    await expect(page.getByText(t('search.noResults', { query: 'ъъъъъъ' }))).toBeVisible();
    await person.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(row).toBeFocused();

    await person.press('Control+j');
    await expect(page.getByLabel(t('card.field'))).toBeFocused();
    await page.keyboard.type(number);
    await person.press('Enter');
    const card = page.getByRole('article');
    await expect(card).toContainText(number);
    for (const word of claimant.split(/\s+/).filter((part) => part.length > 3)) await expect(card).not.toContainText(word);
    await person.look('card');
    await page.keyboard.type('000000000000');
    await person.press('Enter');
    await expect(page.getByText(t('card.none', { query: '000000000000' }))).toBeVisible();
  });
}
