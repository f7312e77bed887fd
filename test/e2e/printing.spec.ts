import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../support/e2e/fixtures.ts';
import { difference, picturesOf } from '../support/e2e/page-pictures.ts';
import { Person } from '../support/e2e/person.ts';
import { startPrintQueue, type PrintQueue } from '../support/e2e/print-queue.ts';

test.describe.configure({ timeout: 300_000 });

const PRINTER = 'Court-office';
/** Greys of a printed page beside those of the paper: edges of letters fall otherwise, and that is all. */
const MOST_DIFFERENCE = 6;

let queue: PrintQueue;
test.beforeAll(async () => {
  queue = await startPrintQueue();
  process.env['CUPS_SERVER'] = queue.address;
});
test.afterAll(async () => {
  delete process.env['CUPS_SERVER'];
  await queue.stop();
});

test('a document is saved while there is no printer, printed as it is when there is one, and saved again when it is gone', async ({
  app,
  page,
}, info) => {
  const documents = info.outputPath('documents');
  mkdirSync(documents, { recursive: true });
  await app.evaluate(({ app: program }, folder) => program.setPath('documents', folder), documents);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  const note = page.getByRole('status', { name: t('print.action') });
  const saved = () => readdirSync(path.join(documents, 'Kense')).sort();
  const settings = async () => {
    await page
      .getByRole('navigation')
      .getByRole('button', { name: t('nav.settings') })
      .click();
    await expect(page.getByRole('radiogroup', { name: t('settings.printer') })).toBeVisible();
  };
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.signIn('secretary');
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toBeFocused();
  await person.press('Enter');
  await expect(page.locator('[data-page] canvas').first()).toBeVisible();

  await person.press('Control+p');
  await expect(note).toContainText('Kense');
  const [first] = saved();
  await expect(note).toHaveText(t('print.saved.no-printer', { file: first! }));
  const paper = path.join(documents, 'Kense', first!);
  expect(readFileSync(paper, 'latin1').startsWith('%PDF-')).toBe(true);
  expect(queue.printed()).toEqual([]);
  await person.look('saved-not-printed');

  queue.addPrinter(PRINTER);
  await settings();
  await page.getByRole('radio', { name: PRINTER }).check();
  await page.getByRole('switch', { name: t('settings.printSilently') }).check();
  const waiting = page.getByRole('region', { name: t('print.waiting') });
  await expect(waiting).toContainText(t('print.problem.no-printer'));
  await person.look('printer-settings');
  await waiting.getByRole('button', { name: t('print.action') }).click();
  await expect(note).toHaveText(t('print.sentTo', { printer: PRINTER }));
  await expect(waiting).toBeHidden();
  await expect.poll(() => queue.printed().length).toBe(1);
  const sheet = info.outputPath('printed.pdf');
  copyFileSync(queue.printed()[0]!, sheet);
  const [wanted, came] = [picturesOf(paper), picturesOf(sheet)];
  expect(came).toHaveLength(wanted.length);
  for (const [n, picture] of wanted.entries()) expect(difference(picture, came[n]!), `page ${n + 1}`).toBeLessThan(MOST_DIFFERENCE);
  expect(difference(wanted[0]!, came[1]!), 'another page').toBeGreaterThan(MOST_DIFFERENCE);

  const jobs = queue.printed();
  expect(jobs).toHaveLength(1);
  queue.removePrinter(PRINTER);
  queue.addPrinter('Another');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: t('nav.queue') })
    .click();
  await expect(rows.nth(1)).toBeFocused();
  await person.press('Enter');
  await expect(page.locator('[data-page] canvas').first()).toBeVisible();
  await person.press('Control+Shift+p');
  await expect(note).toContainText(t('print.saved.printer-gone', { printer: PRINTER, file: `${path.parse(first!).name} (2).pdf` }));
  expect(saved()).toHaveLength(2);
  // no other printer got it; the jobs of the removed one go with it
  expect(queue.printed().filter((job) => !jobs.includes(job))).toEqual([]);
});
