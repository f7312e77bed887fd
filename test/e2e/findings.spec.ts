import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestInfo } from '@playwright/test';
import { expect, test as cabled } from '../support/e2e/cabled-desk.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';
import { PAGE, writePdf } from '../support/raw-pdf.ts';

/** A claim whose duty was paid short, unsigned; the second of them names the receipt of the first. */
function submitShort(registryUrl: string, info: TestInfo, filer: string, bytes: Uint8Array): void {
  const folder = info.outputPath(filer);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'aryz.pdf'), bytes);
  const person = { type: 'individual', address: 'Алматы қаласы, Абай даңғылы, 1' };
  const filing = {
    court: '9900',
    kind: 'claim',
    language: 'kk',
    category: 'Қарыз шарты бойынша берешекті өндіріп алу',
    claimValue: '1250000.00',
    parties: [
      { ...person, side: 'claimant', iin: '870131400012', name: filer },
      { ...person, side: 'respondent', iin: '991111500112', name: 'Дәрісов Ғалым Ұзақбайұлы' },
    ],
    payment: { amount: '12000.00', date: '2026-11-20', number: '8800112233', payerId: '870131400012', kbk: '108126' },
    documents: [{ role: 'claim', file: 'aryz.pdf', title: 'Талап қою арызы', signatures: [] }],
  };
  writeFileSync(path.join(folder, 'filing.json'), JSON.stringify(filing));
  execFileSync(process.execPath, ['main/cli/index.ts', 'cabinet', 'submit', folder, '--registry', registryUrl, '--json'], { cwd: ROOT });
}

/** A desk whose queue has both of them from the beginning. */
const test = cabled.extend({
  options: async ({ registry }, use, info) => {
    submitShort(registry.url, info, 'Бірінші Өтініш', writePdf(PAGE));
    submitShort(registry.url, info, 'Екінші Өтініш', new Uint8Array([...writePdf(PAGE), 10]));
    await use(['--training', `--registry=${registry.url}`]);
  },
});
test.describe.configure({ timeout: 300_000 });

for (const language of ['kk', 'ru'] as const)
  test(`findings in ${language}: the reckoning, a reason by keyboard, two filings side by side, what the head sees`, async ({
    app,
    page,
  }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    await page.setViewportSize({ width: 1366, height: 768 });
    await person.chooseLanguage();
    await person.signIn('secretary');
    const second = page.getByRole('row').filter({ hasText: 'Екінші' });
    await expect(second).toBeVisible();
    await second.press('Enter');

    const findings = page.getByRole('list', { name: t('anomaly.title') });
    await expect(findings).toContainText(/500\s₸/);
    await expect(findings).toContainText('ГПК 149(1)(2)'.replace('ГПК', language === 'kk' ? 'АПК' : 'ГПК'));
    const duty = page.getByRole('region', { name: t('duty.title') });
    await expect(duty).toContainText(/1\s% × 1\s250\s000\s₸ = 12\s500\s₸/u);
    await person.look('findings');

    const dialog = page.getByRole('dialog', { name: t('finding.goOnTitle') });
    const open = findings.getByRole('button', { name: t('finding.goOn') });
    for (let left = await open.count(); left > 0; left--) {
      await person.press('o');
      await expect(dialog.getByRole('textbox')).toBeFocused();
      await page.keyboard.type('төлем толықтырылды');
      if (left === 1) await person.look('reason');
      await person.press('Tab', 'Enter');
      await expect(dialog).toBeHidden();
      await expect(open).toHaveCount(left - 1);
    }
    await expect(findings).toContainText('төлем толықтырылды');

    await findings
      .getByRole('button', { name: t('finding.compare') })
      .first()
      .press('Enter');
    const pair = page.getByRole('dialog', { name: t('pair.title') });
    await expect(pair.getByRole('button', { name: t('pair.link') })).toBeFocused();
    await person.look('pair');
    await person.press('Enter');
    await expect(pair.getByRole('status')).toHaveText(t('pair.linked'));
    await person.press('Escape');
    await expect(pair).toBeHidden();
    await expect(page.getByText(t('finding.linked', { number: '', name: '' }).slice(0, 12)).first()).toBeVisible();

    const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
    const count = await checks.count();
    for (let check = 1; check <= count; check++) await person.press(`Digit${check}`);
    await person.press('Control+Enter');
    await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
    await person.look('answered');
  });
