import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test as cabled } from '../support/e2e/cabled-desk.ts';
import { HeldDocuments } from '../support/e2e/held-documents.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';
import { saveTo } from '../support/e2e/save-to.ts';
import { PAGE, writePdf } from '../support/raw-pdf.ts';

/** A desk that also has a filing whose only document nobody signed and that has not arrived yet. */
const test = cabled.extend<{ readonly door: HeldDocuments }>({
  door: async ({ registry }, use, info) => {
    const door = new HeldDocuments(registry.url);
    await door.start();
    door.hold(submitUnsigned(registry.url, info));
    await use(door);
    await door.stop();
  },
  options: async ({ door }, use) => {
    await use(['--training', `--registry=${door.url}`]);
  },
});
test.describe.configure({ timeout: 300_000 });

const FILER = 'Қолтаңбасыз Өтініш';
function submitUnsigned(registryUrl: string, info: TestInfo): string {
  const folder = info.outputPath('unsigned');
  mkdirSync(folder, { recursive: true });
  const pdf = writePdf(PAGE);
  writeFileSync(path.join(folder, 'aryz.pdf'), pdf);
  const filing = {
    court: '9900',
    kind: 'claim',
    language: 'kk',
    category: null,
    claimValue: '1000000.00',
    parties: [{ side: 'claimant', type: 'individual', iin: '870131400012', name: FILER }],
    documents: [{ role: 'claim', file: 'aryz.pdf', title: 'Қол қойылмаған арыз', signatures: [] }],
  };
  writeFileSync(path.join(folder, 'filing.json'), JSON.stringify(filing));
  execFileSync(process.execPath, ['main/cli/index.ts', 'cabinet', 'submit', folder, '--registry', registryUrl, '--json'], { cwd: ROOT });
  return createHash('sha256').update(pdf).digest('hex');
}

/** Opens the filing of a row from the list and looks at its signatures, by the keyboard alone. */
async function openSignatures(page: Page, person: Person, text: string | RegExp, other?: string): Promise<void> {
  const rows = page.getByRole('row');
  const wanted = rows
    .filter({ hasText: text })
    .filter({ hasText: other ?? '' })
    .first();
  await expect(rows.nth(1)).toBeFocused();
  const place = Number(await wanted.getAttribute('aria-rowindex')) - 1;
  for (let at = 2; at <= place; at++) await person.press('ArrowDown');
  await expect(wanted).toBeFocused();
  await person.press('Enter');
  await expect(page.getByRole('complementary', { name: person.t('filing.work') })).toBeVisible();
  await person.press('Alt+Digit2');
  await expect(page.getByRole('tab', { name: person.t('filing.signatures') })).toBeFocused();
}

async function backToList(page: Page, person: Person): Promise<void> {
  await person.press('Escape');
  await expect(page.getByRole('grid')).toBeVisible();
  await person.press('Home');
}

for (const language of ['kk', 'ru'] as const) {
  test(`what a secretary sees of a verification, in ${language}`, async ({ app, page, door }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const panel = page.getByRole('tabpanel').last();
    const first = panel.locator('[data-state]').first();
    const title = first.getByRole('heading', { level: 2 });

    await person.chooseLanguage();
    await person.signIn('secretary');
    await expect(page.getByRole('row')).toHaveCount(14);
    // the one that waits for its document stays; the others are checked by themselves
    await expect(page.getByRole('row').filter({ hasText: t('sig.short.not-checked') })).toHaveCount(1);

    await openSignatures(page, person, t('kindShort.claim'), t('sig.short.valid'));
    await expect(title).toHaveText(t('sig.valid'));
    await expect(first).toContainText(t('sig.timeUntrusted'));
    await expect(first).toContainText(t('sigMatch.relation.applicant'));
    await expect(first.locator('[data-match="applicant-iin"]')).toContainText(t('sigMatch.agrees'));
    await expect(panel.locator('button[data-state="valid"]')).toHaveCount(2);
    await person.look('valid');
    await first.locator('[data-view="checks"] summary').press('Enter');
    await expect(first.locator('[data-check-id]').first()).toBeVisible();
    for (const text of await first.locator('[data-check-id]').allInnerTexts()) expect(text).not.toMatch(/^[a-z]+\.[a-z-]+/);
    await first.locator('[data-view="facts"] summary').press('Enter');
    await expect(first.locator('[data-view="facts"]')).toContainText('TOTAL-PASSED');
    await person.look('valid-opened');

    const paper = await saveTo(app, info, 'protocol.pdf');
    await page.getByRole('button', { name: t('sig.saveProtocol'), exact: true }).press('Enter');
    await expect(page.getByText(t('sig.protocolSaved'))).toBeVisible();
    await expect.poll(() => existsSync(paper)).toBe(true);
    const text = execFileSync('pdftotext', ['-raw', paper, '-'], { encoding: 'utf8' });
    for (const words of ['Электрондық қолтаңбаларды тексеру хаттамасы', 'Протокол проверки электронных подписей', 'Қолтаңба жарамды'])
      expect(text).toContain(words);
    const data = await saveTo(app, info, 'protocol.json');
    await page.getByRole('button', { name: t('sig.saveProtocolJson') }).press('Enter');
    await expect.poll(() => existsSync(data)).toBe(true);
    expect(JSON.parse(readFileSync(data, 'utf8'))).toMatchObject({ protocol: { state: 'valid' }, documents: [{}, {}, {}] });
    await person.press('Alt+Digit4');
    await expect(panel).toContainText(t('journal.protocol.saved'));
    await backToList(page, person);

    await openSignatures(page, person, t('sig.short.invalid'));
    await expect(title).toHaveText(t('sig.invalid'));
    await expect(first).toContainText(t('sigReason.changed'));
    await expect(first.getByRole('button', { name: t('sig.markDefect') })).toBeVisible();
    await person.look('invalid');
    await backToList(page, person);

    await openSignatures(page, person, t('sig.short.check-signer'));
    await expect(title).toHaveText(t('sig.check-signer'));
    await expect(first).toContainText(t('sigReason.iinMismatch'));
    await expect(first.locator('[data-match="applicant-iin"]')).toContainText(t('sigMatch.differs'));
    await person.look('check-signer');
    await backToList(page, person);

    await openSignatures(page, person, t('kindShort.writ_request'), t('sig.short.undecided'));
    await expect(title).toHaveText(t('sig.undecided'));
    await expect(first).toContainText(t('sigReason.revokedNoTime'));
    await expect(first.getByRole('button', { name: t('sig.markDefect') })).toBeVisible();
    await backToList(page, person);

    await openSignatures(page, person, t('kindShort.private_complaint'), t('sig.short.undecided'));
    await expect(title).toHaveText(t('sig.undecided'));
    await expect(first).toContainText(t('sigReason.serviceDown'));
    await expect(first).toContainText(new RegExp(t('sig.nextTry', { time: '\\d\\d:\\d\\d' })));
    await person.look('undecided');
    await person.press('KeyR');
    await expect(page.getByRole('status').filter({ hasText: new RegExp(t('sig.rechecked', { time: '\\d\\d:\\d\\d' })) })).toBeVisible();
    await page.emulateMedia({ forcedColors: 'active' });
    await person.picture(page, 'undecided-forced-colours');
    await page.emulateMedia({ forcedColors: null });
    await backToList(page, person);

    await openSignatures(page, person, t('kindShort.motion_vcs'), t('sig.short.valid'));
    await expect(first).toContainText(t('sigMatch.relation.representative'));
    await expect(first.locator('[data-match="power-of-attorney"]')).toContainText(t('sigMatch.there'));
    await person.look('representative');
    await first.locator('ul').getByRole('button').press('Enter');
    await expect(page.getByRole('tablist', { name: t('filing.documents') }).getByRole('tab', { selected: true })).toHaveAttribute(
      'title',
      /· .*senim/i,
    );
    await backToList(page, person);

    await openSignatures(page, person, FILER);
    await expect(title).toHaveText(t('sig.not-checked'));
    await person.look('not-checked');
    door.letThrough();
    await person.press('F5');
    // nobody pressed anything on this screen: the change is said and the card follows
    await expect(
      page
        .getByRole('complementary')
        .getByRole('status')
        .filter({ hasText: t('sig.short.absent') }),
    ).toBeVisible();
    await expect(title).toHaveText(t('sig.absent'));
    await expect(page.getByRole('tablist', { name: t('filing.documents') })).toContainText(t('sig.short.absent'));
    await person.look('absent');
    await person.press('Alt+Digit4');
    await expect(panel).toContainText(t('journal.filing.checked'));
    await person.look('history');
  });
}
