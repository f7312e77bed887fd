import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cutLabels } from '../support/cut-labels.ts';
import { expect, test } from '../support/e2e/fixtures.ts';
import { launchKense, mainWindow } from '../support/e2e/launch.ts';
import { freePort, nextProgram } from '../support/e2e/next-program.ts';
import { Person } from '../support/e2e/person.ts';

test.describe.configure({ timeout: 300_000 });

const OPEN_SAMPLES = 12;
const workstationOf = (desk: string) =>
  (JSON.parse(readFileSync(path.join(desk, 'training', 'profile.json'), 'utf8')) as { workstationId: string }).workstationId;

for (const language of ['kk', 'ru'] as const)
  test(`the coach is asked, a filing is registered, and training begins anew in one press, in ${language}`, async ({
    desk,
    faults,
  }, info) => {
    const port = await freePort();
    // the program passes its arguments on to the one that takes its place; root has no sandbox
    const args = ['--training', `--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    const app = await launchKense({ userData: desk, args });
    const page = await mainWindow(app);
    page.on('pageerror', (error) => faults.push(error.message));
    const person = new Person(app, page, language, info);
    const { t } = person;
    await expect(page.getByRole('radiogroup')).toBeVisible();
    await person.chooseLanguage();
    await person.signIn('secretary');

    const rows = page.getByRole('row');
    await expect(rows).toHaveCount(OPEN_SAMPLES + 1);
    await expect(rows.filter({ hasText: t('sig.short.not-checked') })).toHaveCount(0);
    const claim = rows.filter({ hasText: t('kindShort.claim') }).filter({ hasText: t('sig.short.valid') });
    await claim.first().click();
    const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
    await expect(checks.first()).toBeVisible();
    const coach = page.getByRole('region', { name: t('coach.title') });
    await coach.getByRole('button', { name: t('coach.show') }).press('Enter');
    await expect(coach.getByRole('listitem')).not.toHaveCount(0);
    await expect(coach.getByText(t('coach.kind.claim'))).toBeInViewport();
    await expect(coach.getByText(t('coach.checks', { n: await checks.count() }))).toBeVisible();
    await person.look('coach');
    expect(await cutLabels(page)).toEqual([]);
    for (const check of await checks.all()) await check.press('Space');
    await expect(coach.getByText(t('coach.checks', { n: 0 }).split('0')[0]!)).toHaveCount(0);
    await person.press('Control+Enter');
    await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
    await person.press('Enter');
    await expect(page.getByRole('status', { name: t('reg.notice') })).toContainText(t('reg.success'));
    await page.keyboard.press('Control+1');
    await expect(rows).toHaveCount(OPEN_SAMPLES);
    await person.signOut();

    await person.signIn('office-head');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.settings'), exact: true })
      .press('Enter');
    await page.getByRole('button', { name: t('training.reset') }).press('Enter');
    const dialog = page.getByRole('dialog', { name: t('training.resetTitle') });
    await expect(dialog).toBeVisible();
    await person.look('reset');
    expect(await cutLabels(page)).toEqual([]);
    const before = workstationOf(desk);
    await dialog.getByRole('button', { name: t('training.resetDo') }).focus();
    const ended = app.waitForEvent('close');
    // the program ends before the key comes up again
    await page.keyboard.down('Enter');
    await ended;

    const next = await nextProgram(port);
    const again = new Person(next, next.page, language, info);
    await expect(next.page.getByRole('radiogroup')).toBeVisible();
    await again.chooseLanguage();
    await again.signIn('secretary');
    await expect(next.page.getByRole('row')).toHaveCount(OPEN_SAMPLES + 1);
    expect(workstationOf(desk)).not.toBe(before);
    await again.picture(next.page, 'fresh');
    await next.end();
  });
