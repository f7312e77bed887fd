import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page, TestInfo } from '@playwright/test';
import PDFDocument from 'pdfkit';
import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';

test.describe.configure({ timeout: 300_000 });

/** From the open filing to its proposal before the judge. */
const MOST_TO_RETURN = 6;
const FILER = 'Қайтадан Берген Әділ';

async function paper(text: string): Promise<Buffer> {
  const doc = new PDFDocument({ font: path.join(ROOT, 'resources/fonts/Tinos-Regular.ttf') });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => doc.on('end', resolve));
  doc.fontSize(14).text(text).end();
  await done;
  return Buffer.concat(chunks);
}

type Sent = { readonly main: string; readonly annex?: string; readonly resubmits?: string; readonly filer?: string; readonly iin?: string };

/** A claim that nobody has signed; answers its number. */
async function submit(
  registryUrl: string,
  info: TestInfo,
  name: string,
  { main, annex, resubmits, filer = FILER, iin = '870131400012' }: Sent,
): Promise<string> {
  const folder = info.outputPath(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'aryz.pdf'), await paper(main));
  if (annex !== undefined) writeFileSync(path.join(folder, 'annex.pdf'), await paper(annex));
  const filing = {
    ...{ court: '9900', kind: 'claim', language: 'kk', category: 'Қарыз', claimValue: '1000000.00', ...(resubmits ? { resubmits } : {}) },
    parties: [
      { side: 'claimant', type: 'individual', iin, name: filer, address: 'Үлгі қаласы, 1-үй' },
      { side: 'respondent', type: 'individual', iin: '990113600137', name: 'Өрнекова Әйгерім', address: 'Үлгі қаласы, 2-үй' },
    ],
    documents: [
      { role: 'claim', file: 'aryz.pdf', title: 'Талап қою арызы', signatures: [] },
      ...(annex === undefined ? [] : [{ role: 'evidence', file: 'annex.pdf', title: 'Қарыз шарты', signatures: [] }]),
    ],
  };
  writeFileSync(path.join(folder, 'filing.json'), JSON.stringify(filing));
  const args = ['main/cli/index.ts', 'cabinet', 'submit', folder, '--registry', registryUrl, '--json'];
  return (JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as { cabinetNumber: string }).cabinetNumber;
}

function clerk(app: ElectronApplication, page: Page, info: TestInfo) {
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  const rows = page.getByRole('row');
  const panel = page.getByRole('complementary', { name: t('filing.work') });
  /** Marks the reason of the first digit; answers how many times something was pressed. */
  const markFirst = async (): Promise<number> => {
    await person.press('F9');
    await expect(page.getByRole('checkbox').first()).toBeFocused();
    await person.press('Digit1');
    await expect(page.getByLabel(t('return.fix'))).toBeVisible();
    return 2;
  };
  return {
    ...{ person, t, panel, markFirst, notice: page.getByRole('status', { name: t('reg.notice') }) },
    /** Down to the row of the list, and into it. */
    open: async (cabinetNumber: string): Promise<void> => {
      if (!(await page.getByRole('grid').first().isVisible())) await person.press('Escape');
      // the day begins with what is one's own
      await page.getByRole('button', { name: new RegExp(`^${t('queue.viewOpen')} `) }).click();
      const row = rows.filter({ hasText: cabinetNumber });
      await expect(rows.nth(1)).toBeVisible();
      await rows.nth(1).focus();
      // the list says that something came, and shows it when it is asked to
      const showNew = page.getByRole('button', { name: t('queue.showNew') });
      await expect(row.or(showNew).first()).toBeVisible();
      if (!(await row.isVisible())) await person.press('F5');
      await expect(row).toBeVisible();
      await expect(rows.and(page.locator(':focus'))).toBeVisible();
      await person.press('Home');
      for (let step = 0; step < 60 && !(await row.evaluate((element) => element === document.activeElement)); step++)
        await person.press('ArrowDown');
      await person.press('Enter');
      await expect(panel).toContainText(cabinetNumber);
      await expect(panel).not.toContainText(t('sig.short.not-checked'));
      await expect(page.locator('canvas').first()).toBeVisible();
    },
    /** Registers what is open, with that one reason. */
    registerWithFirst: async (): Promise<void> => {
      await markFirst();
      await person.press('Control+Enter');
      await expect(panel).toContainText(t('mark.flagged'));
      await person.press('Control+Enter');
      await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
      await person.press('Enter');
    },
  };
}

test('a return with reasons in few keys; what its sender mends stands beside the remarks when it comes again', async ({
  app,
  page,
  registry,
}, info) => {
  const { person, t, panel, notice, open, markFirst } = clerk(app, page, info);
  const first = await submit(registry.url, info, 'first', { main: 'Қарыз сомасы бір миллион теңге' });
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  await person.signIn('secretary');
  await open(first);

  let interactions = await markFirst();
  await expect(page.getByLabel(t('return.fix'))).not.toHaveValue('');
  await page.getByText(t('defects.notice')).click();
  await expect(page.getByRole('region', { name: t('language.ru') })).toContainText(first);
  await expect(page.getByRole('region', { name: t('language.kk') })).toContainText(t('return.fix'));
  await person.look('defects');
  await person.press('Control+Enter');
  await expect(panel).toContainText(t('mark.flagged'));
  await person.press('Control+Enter');
  await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
  await person.look('confirm-with-defects');
  await person.press('Enter');
  interactions += 3;
  expect(interactions).toBeLessThanOrEqual(MOST_TO_RETURN);
  await expect(notice).toContainText(/9900-\d\d-\d{6}/);
  await expect.poll(async () => (await seenByFiler(registry, first)).state).toBe('with-judge');
  await person.signOut();

  await person.signIn('judge');
  await page.getByRole('row').filter({ hasText: FILER }).press('Enter');
  await expect(page.locator('canvas').first()).toBeVisible();
  await person.readToTheEnd();
  await person.press('KeyR');
  await expect(page.getByText(t('act.reviewed'), { exact: true })).toBeVisible();
  await person.press('Control+Enter');
  await person.signWithChosenKey();
  await expect.poll(async () => (await seenByFiler(registry, first)).state).toBe('returned');
  await person.signOut();

  const second = await submit(registry.url, info, 'second', { main: 'Қарыз сомасы екі миллион теңге', annex: 'Шарт', resubmits: first });
  await person.signIn('secretary');
  await open(second);
  await expect(panel).toContainText(first);
  await person.press('KeyE');
  const compared = page.getByRole('dialog', { name: t('earlier.title', { number: first }) });
  await expect(compared).toContainText(t('returnReason.signature'));
  await expect(compared.getByText(t('earlier.change.added'))).toBeVisible();
  await expect(compared.getByText(t('earlier.change.changed'))).toBeVisible();
  await person.look('earlier');
  await compared.getByRole('button', { name: t('earlier.compare') }).press('Enter');
  const words = page.getByRole('dialog');
  await expect(words.locator('del')).toContainText('бір');
  await expect(words.locator('ins')).toContainText('екі');
  await expect(words).toContainText('миллион теңге');
  await person.look('earlier-words');
  await person.press('Escape', 'Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('after registering: the lists, the card of the case, a correction record, and a proposal that is taken back before the judge signs', async ({
  app,
  page,
  registry,
}, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const { person, t, panel, open, registerWithFirst } = clerk(app, page, info);
  const number = await submit(registry.url, info, 'recalled', { main: 'Қарыз сомасы үш миллион теңге' });
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  await person.signIn('secretary');
  await open(number);
  await registerWithFirst();
  await expect.poll(async () => (await seenByFiler(registry, number)).state).toBe('with-judge');

  const rows = page.getByRole('row').filter({ hasText: FILER });
  const list = async (view: 'nav.registered' | 'nav.sentBack') => {
    await person.press('Control+2');
    // the list of what is registered comes first
    if (view === 'nav.sentBack') await page.getByRole('button', { name: new RegExp(`^${t(view)} `) }).press('Enter');
    await expect(rows.first()).toBeFocused();
  };
  await list('nav.registered');
  await expect(rows.first()).toContainText(t('talon.ready'));
  await person.look('registered-list');
  await list('nav.sentBack');
  await expect(rows.first()).toContainText(t('sentBack.proposed.return'));
  await person.look('sent-back-list');

  await person.press('KeyC');
  const card = page.getByRole('region', { name: t('case.title'), exact: true });
  await expect(card).toContainText(FILER);
  await expect(card).toContainText('8701******12');
  await expect(card).not.toContainText('870131400012');
  for (const what of ['sent', 'received', 'registered'] as const) await expect(card).toContainText(t(`case.event.${what}`));
  await person.look('case-card');
  await person.press('Escape');
  await expect(rows.first()).toBeFocused();

  await person.press('Enter');
  await expect(panel).toContainText(number);
  await person.press('Alt+3');
  await page.getByRole('button', { name: t('fact.begin') }).press('Enter');
  await expect(page.getByLabel(t('fact.which'))).toBeFocused();
  await page.getByLabel(t('fact.which')).selectOption({ label: `${t('correction.party', { number: 1 })} · ${t('fact.field.name')}` });
  await page.getByLabel(t('fact.right'), { exact: true }).fill('Қайтадан Берген Әділұлы');
  await page.getByLabel(t('fact.reason')).fill('Жеке куәлік бойынша');
  await person.look('correction-record');
  await page.getByRole('button', { name: t('fact.save') }).press('Enter');
  await expect(page.getByRole('button', { name: t('fact.begin') })).toBeFocused();
  await expect(panel).toContainText('Қайтадан Берген Әділұлы');
  await expect(panel.getByRole('heading', { level: 1 })).toContainText(FILER);
  await person.press('Escape');
  await expect(rows.first()).toBeFocused();
  await person.press('KeyC');
  await expect(card).toContainText('Қайтадан Берген Әділұлы');
  await expect(card).toContainText(t('case.event.corrected'));
  await person.signOut();

  await person.signIn('judge');
  await expect(rows.first()).toBeFocused();
  await person.press('Enter');
  await expect(page.getByText(t('decision.notice'))).toBeVisible();
  await expect(page.getByRole('region', { name: t('language.ru') })).toContainText(number);
  await person.look('notice-beside-ruling');
  await person.signOut();

  await person.signIn('secretary');
  await list('nav.sentBack');
  await person.press('Enter');
  await page.getByRole('button', { name: t('recall.action') }).press('Enter');
  await expect(page.getByLabel(t('recall.reason'))).toBeFocused();
  await page.keyboard.type('Баж төленіпті');
  await person.look('recall');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('recall.action') })
    .press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: t('recall.action') })).toHaveCount(0);
  await person.press('Alt+3');
  await expect(panel).toContainText(t('recall.done.return'));
  await person.signOut();

  await person.signIn('judge');
  await expect(page.getByText(t('act.empty')).or(page.getByRole('grid'))).toBeVisible();
  await expect(rows).toHaveCount(0);
  expect((await seenByFiler(registry, number)).state).toBe('with-judge');
});

test('a filing like one that is registered already is shown before a number is bound, and its case is offered', async ({
  app,
  page,
  registry,
}, info) => {
  const { person, t, panel, notice, open, markFirst, registerWithFirst } = clerk(app, page, info);
  const same = { main: 'Сол арыздың дәл өзі', filer: 'Екі Рет Берген', iin: '990214500143' };
  const one = await submit(registry.url, info, 'one', same);
  const two = await submit(registry.url, info, 'two', same);
  expect(readFileSync(info.outputPath('one', 'filing.json'), 'utf8')).toBe(readFileSync(info.outputPath('two', 'filing.json'), 'utf8'));
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  await person.signIn('secretary');
  await open(one);
  await registerWithFirst();
  await expect(notice).toContainText(/9900-\d\d-\d{6}/);
  await expect.poll(async () => (await seenByFiler(registry, one)).incomingNumber).toMatch(/^9900-/);
  const { incomingNumber } = await seenByFiler(registry, one);

  await open(two);
  await markFirst();
  await person.press('Control+Enter');
  await expect(panel).toContainText(t('mark.flagged'));
  await person.press('Control+Enter');
  const strip = page.getByRole('region', { name: t('reg.title') });
  await expect(strip.getByRole('alert')).toContainText(t('reg.duplicates'));
  await expect(strip.getByRole('alert')).toContainText(incomingNumber ?? 'no number');
  await person.look('late-duplicate');
  expect((await seenByFiler(registry, two)).incomingNumber).toBeNull();
  const join = strip.getByRole('button', { name: /9900-\d\d-00-2\/\d+/ });
  await expect(join).toBeVisible();
  await join.press('Enter');
  await expect(strip.getByRole('combobox')).toBeFocused();
  await person.press('Enter');
  await expect.poll(async () => (await seenByFiler(registry, two)).incomingNumber).not.toBeNull();
  await expect(notice).toContainText(t('reg.joined', { number: '' }).trim());
});
