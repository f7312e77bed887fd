import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cutLabels } from '../support/cut-labels.ts';
import { expect, test } from '../support/e2e/cabled-desk.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';

for (const language of ['kk', 'ru'] as const)
  test(`without a line F1 helps on every screen and leads back to where one was, in ${language}`, async ({ app, page, registry }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const titleOf = (screen: string) =>
      /^# (.*)$/m.exec(readFileSync(path.join(ROOT, 'docs/user-guide', language, `${screen}.md`), 'utf8'))![1]!;
    const help = (screen: string) => page.getByRole('dialog', { name: titleOf(screen), exact: true });
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.press('F1');
    await expect(help('session')).toBeVisible();
    await person.look('help-session');
    await person.press('Escape');
    await expect(help('session')).toBeHidden();
    await person.signIn('secretary');
    const first = page.getByRole('row').nth(1);
    await expect(first).toBeFocused();
    await registry.stop();
    await person.press('F5');
    await expect(page.getByRole('banner').getByText(t('sync.online'))).toHaveCount(0);

    await person.press('F1');
    await expect(help('queue')).toBeVisible();
    await person.look('help-queue');
    expect(await cutLabels(page)).toEqual([]);
    // by a link to another page, to the contents, and back the way one came
    await help('queue')
      .getByRole('button', { name: titleOf('registered') })
      .press('Enter');
    await expect(help('registered')).toBeVisible();
    await help('registered')
      .getByRole('button', { name: t('help.contents') })
      .press('Enter');
    await expect(help('index')).toBeVisible();
    await expect.poll(() => help('index').evaluate((dialog) => dialog.scrollTop)).toBe(0);
    await expect(help('index').locator(':focus')).toHaveCount(1);
    await person.look('help-contents');
    await person.press('Escape');
    await expect(help('registered')).toBeVisible();
    await person.press('Escape');
    await expect(help('queue')).toBeVisible();
    await person.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(first).toBeFocused();

    await person.press('Enter');
    await expect(page.locator('canvas').first()).toBeVisible();
    const focused = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    const place = await focused();
    await person.press('F1');
    await expect(help('filing')).toBeVisible();
    await person.look('help-filing');
    await person.press('F1');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await focused()).toBe(place);
    await expect(page.getByRole('tablist', { name: t('filing.work') })).toBeVisible();

    const settings = page.getByRole('navigation').getByRole('button', { name: t('nav.settings'), exact: true });
    await settings.press('Enter');
    await person.press('F1');
    await expect(help('settings')).toBeVisible();
    await person.look('help-settings');
    await person.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: t('nav.settings') })).toBeVisible();

    await person.press('Control+l');
    const unlock = page.getByRole('button', { name: t('session.unlock') });
    await expect(unlock).toBeFocused();
    await person.press('F1');
    await expect(help('session')).toBeVisible();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    expect(await cutLabels(page)).toEqual([]);
    await person.look('help-locked');
    await person.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(unlock).toBeFocused();
  });
