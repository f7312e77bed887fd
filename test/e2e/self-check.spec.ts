import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { cutLabels } from '../support/cut-labels.ts';
import { expect, test } from '../support/e2e/fixtures.ts';
import { Person } from '../support/e2e/person.ts';
import { saveTo } from '../support/e2e/save-to.ts';
import { CHECK_STEPS } from '../../shared/domain/self-check.ts';

/** What anybody in training is called and has, by the kit of this desk and the filings on its screens. */
function personalOf(desk: string): readonly string[] {
  const kit = readFileSync(path.join(desk, 'training', 'training', 'kit.json'), 'utf8');
  const values: string[] = [];
  JSON.parse(kit, (key, value: unknown) => {
    if (['iin', 'bin', 'name', 'organisation', 'address', 'phone', 'email'].includes(key) && typeof value === 'string') values.push(value);
    return value;
  });
  return values;
}

for (const language of ['kk', 'ru'] as const)
  test(`a workstation is checked whole and step by step, and its diagnostics file names nobody, in ${language}`, async ({
    app,
    page,
    desk,
  }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('secretary');
    await expect(page.getByRole('row').filter({ hasText: t('sig.short.valid') })).not.toHaveCount(0);
    await page.getByRole('row').nth(1).click();
    await expect(page.getByRole('tablist', { name: t('filing.work') })).toBeVisible();
    const seen = await page.getByRole('main').innerText();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.settings'), exact: true })
      .press('Enter');
    await page.getByRole('button', { name: t('selfCheck.open') }).press('Enter');

    const screen = page.getByRole('region', { name: t('selfCheck.title') });
    const steps = screen.getByRole('listitem');
    const running = screen.getByText(t('selfCheck.state.running'), { exact: true });
    const summary = screen.getByRole('status').filter({ hasText: t('selfCheck.summary').split(':')[0]! });
    await expect(steps).toHaveCount(CHECK_STEPS.length);
    await expect(summary).toBeVisible();
    await expect(running).toHaveCount(0);
    const first = await summary.innerText();
    await person.look('self-check');
    expect(await cutLabels(page)).toEqual([]);

    // one alone: the others stay as they were
    const store = steps.filter({ hasText: t('selfCheck.step.database') });
    await store.getByRole('button', { name: t('selfCheck.runOneOf', { step: t('selfCheck.step.database') }) }).press('Enter');
    await expect(store.getByText(t('selfCheck.state.ok'), { exact: true })).toBeVisible();
    await expect(running).toHaveCount(0);
    await page.getByRole('button', { name: t('selfCheck.runAll') }).press('Enter');
    await expect(summary).toHaveText(first);
    await expect(running).toHaveCount(0);

    const saved = await saveTo(app, info, 'diagnostics.zip');
    await page.getByRole('button', { name: t('selfCheck.save') }).press('Enter');
    await expect(screen.getByText(t('selfCheck.saved'))).toBeVisible();
    await person.look('self-check-saved');
    const files = unzipSync(readFileSync(saved));
    const text = Object.values(files)
      .map((bytes) => strFromU8(bytes))
      .join('\n');
    for (const step of CHECK_STEPS) expect(strFromU8(files['self-check.json']!)).toContain(`"${step}"`);
    const personal = personalOf(desk);
    expect(personal.length).toBeGreaterThan(20);
    expect(personal.filter((value) => text.includes(value))).toEqual([]);
    const words = [seen, ...personal].join(' ').match(/\p{Lu}\p{L}{3,}/gu) ?? [];
    expect(words.filter((word) => /\p{Script=Cyrillic}/u.test(word) && text.includes(word))).toEqual([]);
    expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
    expect(text).not.toContain(desk);
  });
