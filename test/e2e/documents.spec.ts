import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test as cabled } from '../support/e2e/cabled-desk.ts';
import { HeldDocuments } from '../support/e2e/held-documents.ts';
import { ROOT } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';
import { cell, paragraph, writeArchive, writeDocx, writeXlsx } from '../support/documents/write-office.ts';
import { writeTextPdf } from '../support/documents/write-text-pdf.ts';

const FILER = 'Ғалымжанов Әділет Қуанышұлы';
const MANY = 'Көпқұжатов Нұрлан';
const PAGES = 300;
const LATE = Buffer.from('кеш келген құжат');

type Submitted = {
  readonly name: string;
  readonly documents: readonly { readonly file: string; readonly title: string; readonly bytes: Buffer }[];
};

function submit(registryUrl: string, info: TestInfo, { name, documents }: Submitted): void {
  const folder = info.outputPath(`filing-${documents.length}`);
  mkdirSync(folder, { recursive: true });
  for (const { file, bytes } of documents) writeFileSync(path.join(folder, file), bytes);
  const filing = {
    ...{ court: '9900', kind: 'claim', language: 'kk', category: null, claimValue: '1234567.50' },
    parties: [
      { side: 'claimant', type: 'individual', iin: '870131400012', name },
      { side: 'respondent', type: 'organisation', bin: '990140000011', name: '«Өркен» ЖШС' },
    ],
    documents: documents.map(({ file, title }, at) => ({ role: at === 0 ? 'claim' : 'evidence', file, title, signatures: [] })),
  };
  writeFileSync(path.join(folder, 'filing.json'), JSON.stringify(filing));
  execFileSync(process.execPath, ['main/cli/index.ts', 'cabinet', 'submit', folder, '--registry', registryUrl, '--json'], { cwd: ROOT });
}

/** A grey picture, wider than high. */
function writePng(): Buffer {
  const [width, height] = [640, 320];
  const chunk = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.concat(
    Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.of(0), Buffer.alloc(width, (y * 255) / height)])),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function papers(): Promise<Submitted> {
  const long = Array.from({ length: PAGES }, (_, at) =>
    at === 248 ? `Осы бетте ${FILER}, ЖСН 870131 400012, сомасы 1 234 567,50 теңге` : `${at + 1} бет, қосымша мәтін`,
  );
  const table = `<w:tbl><w:tr><w:tc>${paragraph('Борыш')}</w:tc><w:tc>${paragraph('1 234 567,50')}</w:tc></w:tr></w:tbl>`;
  const letter = writeDocx(
    paragraph('Шағым хаты', '<w:pStyle w:val="H1"/>') + paragraph('&lt;b&gt;белгі емес&lt;/b&gt;', '', '<w:b/>') + table,
    [{ name: 'word/vbaProject.bin', content: 'x' }],
  );
  const encrypted = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
  return {
    name: FILER,
    documents: [
      { file: 'aryz.pdf', title: 'Талап қою арызы', bytes: await writeTextPdf(long) },
      { file: 'hat.docx', title: 'Хат', bytes: letter },
      {
        file: 'esep.xlsx',
        title: 'Есеп',
        bytes: writeXlsx({ Есеп: `<row r="1">${cell('A1', 'Төлем')}<c r="B1"><f>1+1</f><v>2</v></c></row>`, Екінші: '' }),
      },
      { file: 'suret.png', title: 'Сурет', bytes: writePng() },
      { file: 'qupiya.docx', title: 'Құпия', bytes: encrypted },
      { file: 'arhiv.zip', title: 'Мұрағат', bytes: writeArchive([{ name: 'readme.txt', content: 'x' }]) },
      { file: 'kesh.txt', title: 'Кеш келген', bytes: LATE },
    ],
  };
}

const test = cabled.extend<{ readonly door: HeldDocuments }>({
  door: async ({ registry }, use, info) => {
    const door = new HeldDocuments(registry.url);
    await door.start();
    door.hold(createHash('sha256').update(LATE).digest('hex'));
    submit(registry.url, info, await papers());
    await use(door);
    await door.stop();
  },
  options: async ({ door }, use) => {
    await use(['--training', `--registry=${door.url}`]);
  },
});
test.describe.configure({ timeout: 300_000 });

async function open(page: Page, person: Person, filer: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: filer });
  await expect(row).toBeVisible();
  await row.dblclick();
  await expect(page.getByRole('complementary', { name: person.t('filing.work') })).toBeVisible();
}

for (const language of ['kk', 'ru'] as const) {
  test(`documents are read, compared, corrected and talked about beside each other, in ${language}`, async ({ app, page, door }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const room = page.locator('section[aria-label]').first();
    const panel = page.getByRole('tabpanel').last();
    const tab = (name: string) => page.getByRole('tablist', { name: t('filing.documents') }).getByRole('tab', { name });
    await person.chooseLanguage();
    await person.signIn('secretary');
    await open(page, person, FILER);

    // a long PDF: its pages are there, few are drawn, and the last but many is one press away
    await expect(room.getByText(t('viewer.page', { page: '1', total: String(PAGES) }), { exact: true })).toBeVisible();
    await expect(room.locator('[data-page] canvas').first()).toBeVisible();
    expect(await room.locator('[data-page]').count()).toBeLessThanOrEqual(7);
    await room.getByRole('button', { name: t('viewer.pages') }).press('Enter');
    const strip = page.getByRole('navigation', { name: t('viewer.pages') });
    await expect(strip.locator('canvas').first()).toBeVisible();
    expect(await strip.getByRole('button').count()).toBeLessThan(15);
    await person.look('pdf-thumbnails');
    await strip.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await strip.getByRole('button', { name: t('viewer.page', { page: String(PAGES), total: String(PAGES) }), exact: true }).press('Enter');
    await expect(room.getByText(t('viewer.page', { page: String(PAGES), total: String(PAGES) }), { exact: true })).toBeVisible();
    expect(await room.locator('[data-page]').count()).toBeLessThanOrEqual(7);
    await person.press('Control+KeyF');
    await page.getByRole('textbox', { name: t('viewer.find') }).fill('галымжанов');
    await expect(room.getByRole('status').filter({ hasText: t('viewer.found', { position: '1', total: '1' }) })).toBeVisible();
    await expect(room.locator('[data-page="249"] mark').first()).toBeVisible();
    await person.press('Escape');

    // a text document as blocks, with what it carries named
    await tab('Хат').click();
    await expect(room.getByRole('heading', { name: 'Шағым хаты' })).toBeVisible();
    await expect(room.getByText('<b>белгі емес</b>')).toBeVisible();
    await expect(room.getByRole('cell', { name: '1 234 567,50' })).toBeVisible();
    await expect(room.getByRole('note')).toContainText(t('document.warning.macros'));
    const finding = room.getByRole('search', { name: t('viewer.find') });
    const foundOf = (position: string, total: string) =>
      finding.getByRole('status').filter({ hasText: t('viewer.found', { position, total }) });
    const marked = () => page.evaluate(() => [...(CSS.highlights.get('document-current') ?? [])].map(String));
    await person.press('Control+f');
    await expect(finding.getByRole('textbox')).toBeFocused();
    await page.keyboard.type('ШАГЫМ хаты');
    await expect(foundOf('1', '1')).toBeVisible();
    await expect.poll(marked).toEqual(['Шағым хаты']);
    await person.look('docx');
    await person.press('Escape');
    await expect(finding).toBeHidden();
    expect(await marked()).toEqual([]);
    await tab('Есеп').click();
    await expect(room.getByRole('table', { name: 'Есеп' }).getByRole('cell', { name: '2', exact: true })).toBeVisible();
    await expect(room.getByRole('note')).toContainText(t('document.warning.formulas'));
    await person.press('Control+f');
    await page.keyboard.type('2');
    await expect(finding.getByRole('status')).toContainText(/[1-9]/);
    await expect.poll(marked).toEqual(['2']);
    await person.look('xlsx');
    await person.press('Escape');

    await tab('Сурет').click();
    const picture = room.getByRole('img', { name: 'Сурет' });
    await expect(picture).toBeVisible();
    const width = async () => (await picture.boundingBox())!.width;
    const fitting = await width();
    await room.getByRole('button', { name: t('viewer.zoomIn') }).press('Enter');
    await expect.poll(width).toBeGreaterThan(fitting);
    await room.getByRole('button', { name: t('viewer.rotate') }).press('Enter');
    await expect.poll(async () => (await picture.boundingBox())!.height > (await picture.boundingBox())!.width).toBe(true);
    await person.picture(page, 'image-turned');

    await tab('Құпия').click();
    await expect(room.getByRole('heading', { name: t('document.encrypted.title') })).toBeVisible();
    await tab('Мұрағат').click();
    await expect(room.getByRole('heading', { name: t('document.other.title') })).toBeVisible();
    await expect(room.getByText(t('document.saveWarning'))).toBeVisible();
    // the page of the long one is kept
    await tab('Талап қою арызы').click();
    await expect(room.getByText(t('viewer.page', { page: '249', total: String(PAGES) }), { exact: true })).toBeVisible();

    // what the form says is found in the documents, and one press leads there
    await page.getByRole('tab', { name: t('filing.summary') }).click();
    const found = panel.getByRole('region', { name: t('compare.title') });
    await expect(
      found
        .getByRole('listitem')
        .filter({ hasText: FILER })
        .filter({ hasText: t('compare.found.whole') })
        .first(),
    ).toBeVisible();
    await expect(found.getByRole('listitem').filter({ hasText: '990140000011' })).toContainText(t('compare.found.none'));
    await person.look('comparison');
    await tab('Хат').click();
    await found
      .getByRole('listitem')
      .filter({ hasText: '870131400012' })
      .getByRole('button', { name: t('compare.place', { title: 'Талап қою арызы', page: '249' }) })
      .press('Enter');
    await expect(room.locator('[data-page="249"] mark').first()).toBeVisible();
    await expect(page.getByRole('textbox', { name: t('viewer.find') })).toHaveValue('870131 400012');

    // a correction keeps what was there before
    await panel.getByRole('button', { name: t('correction.begin') }).press('Enter');
    const form = panel.getByRole('region', { name: t('correction.form') });
    await form
      .getByRole('textbox', { name: t('correction.field.name') })
      .first()
      .fill('Ғалымжанова Әсем');
    await form.getByRole('textbox', { name: t('correction.reason') }).fill('Жеке куәлік бойынша');
    await person.look('correction-form');
    await form.getByRole('button', { name: t('correction.save') }).press('Enter');
    const corrections = panel.getByRole('region', { name: t('correction.title') });
    await expect(corrections.getByRole('listitem')).toContainText('Ғалымжанова Әсем');
    await expect(corrections.locator('s')).toHaveText(FILER);
    await person.picture(page, 'corrected');

    // a note to the colleagues, withdrawn with a mark; the history says it all
    await page.getByRole('tab', { name: t('filing.history') }).click();
    await panel.getByRole('textbox', { name: t('note.new') }).fill('Сенімхаттың түпнұсқасы әкелінеді');
    await panel.getByRole('button', { name: t('note.add') }).press('Enter');
    const note = panel.getByRole('listitem').filter({ hasText: 'Сенімхаттың' });
    await expect(note).toBeVisible();
    await expect(panel.getByText(t('journal.note.added'))).toBeVisible();
    await person.look('notes-history');
    await note.getByRole('button', { name: t('note.withdraw') }).press('Enter');
    await expect(note.locator('s')).toBeVisible();
    await panel.getByRole('combobox', { name: t('history.filter') }).selectOption('looks');
    await expect(panel.getByText(t('journal.document.viewed')).first()).toBeVisible();
    await expect(panel.getByText(t('journal.note.added'))).toHaveCount(0);

    // what is on its way is nobody's hindrance and comes by itself
    await tab('Кеш келген').click();
    await expect(
      room.getByRole('heading', { name: t('document.missing.title') }).or(room.getByRole('heading', { name: t('document.pending.title') })),
    ).toBeVisible();
    await person.picture(page, 'arriving');
    door.letThrough();
    await person.press('F5');
    await expect(room.getByText('кеш келген құжат')).toBeVisible();
  });
}

test('a filing of five hundred documents is opened, searched and walked through like any other', async ({ app, page, registry }, info) => {
  submit(registry.url, info, {
    name: MANY,
    documents: Array.from({ length: 500 }, (_, at) => ({
      file: `qosymsha-${String(at + 1).padStart(3, '0')}.txt`,
      title: `Қосымша ${at + 1}`,
      bytes: Buffer.from(`мазмұны ${at + 1}`),
    })),
  });
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  await person.chooseLanguage();
  await person.signIn('secretary');
  await person.press('F5');
  await open(page, person, MANY);
  const room = page.locator('section[aria-label]').first();
  await expect(room.getByText('мазмұны 1', { exact: true })).toBeVisible();
  await expect(room.getByText(t('documents.place', { number: '1', total: '500' }))).toBeVisible();
  await room.getByRole('button', { name: 'Қосымша 1' }).press('Enter');
  const options = page.getByRole('listbox', { name: t('filing.documents') }).getByRole('option');
  await expect(options.first()).toBeVisible();
  expect(await options.count()).toBeLessThan(30);
  await page.getByRole('combobox', { name: t('documents.find') }).fill('443');
  await expect(options).toHaveCount(1);
  await person.look('five-hundred');
  await person.press('Enter');
  await expect(room.getByText('мазмұны 443', { exact: true })).toBeVisible();
  await person.press('Escape');
  await expect(page.getByRole('grid')).toBeVisible();
});

test('a document is torn off into a window of its own, which may do little, goes along, and closes with the lock', async ({
  app,
  page,
}, info) => {
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  await person.chooseLanguage();
  await person.signIn('secretary');
  await open(page, person, FILER);
  const tornWindow = () => app.windows().find((window) => !window.isClosed() && window.url().endsWith('?document'));
  const tearOff = async () => {
    await page.getByRole('button', { name: t('torn.open') }).press('Enter');
    await expect.poll(() => tornWindow() !== undefined).toBe(true);
    return tornWindow()!;
  };
  const touched = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { kense } = globalThis as unknown as { kense: { on: { tornTouched(listener: () => void): () => void } } };
        kense.on.tornTouched(() => resolve());
      }),
  );
  const torn = await tearOff();
  await expect(torn.getByRole('heading', { level: 1, name: 'Талап қою арызы' })).toBeVisible();
  await expect(torn.getByText(t('training.mark'), { exact: true })).toBeVisible();
  await expect(torn.locator('[data-page] canvas').first()).toBeVisible();
  await torn.keyboard.press('PageDown');
  await touched; // whoever reads there does not leave the desk alone
  expect(await torn.evaluate(() => ['process', 'require', 'Buffer'].filter((name) => name in globalThis))).toEqual([]);
  const asked = await torn.evaluate(async () => {
    const { kense } = globalThis as unknown as {
      kense: Record<string, Record<string, (input: object) => Promise<{ ok: boolean; error?: { code: string } }>>>;
    };
    const answers = [
      kense['board']!['get']!({ period: 'today' }),
      kense['sync']!['now']!({}),
      kense['session']!['lock']!({}),
      kense['settings']!['get']!({}),
    ];
    return (await Promise.all(answers)).map((answer) => (answer.ok ? 'answered' : answer.error!.code));
  });
  expect(asked).toEqual(['channel-unknown', 'channel-unknown', 'channel-unknown', 'answered']);
  await person.picture(torn, 'torn');

  // it goes along, until it is told not to
  await page.getByRole('tab', { name: 'Хат' }).click();
  await expect(torn.getByRole('heading', { level: 1, name: 'Хат' })).toBeVisible();
  await expect(torn.getByRole('cell', { name: 'Борыш' })).toBeVisible();
  await torn.getByRole('checkbox', { name: t('torn.follow') }).uncheck();
  await page.getByRole('tab', { name: 'Есеп' }).click();
  await expect(page.getByRole('table', { name: 'Есеп' })).toBeVisible();
  await expect(torn.getByRole('heading', { level: 1, name: 'Хат' })).toBeVisible();

  // where it stood is where it opens again
  const place = { x: 60, y: 70, width: 700, height: 640 };
  const bounds = () =>
    app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('?document'));
      return window?.getNormalBounds() ?? null;
    });
  await app.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('?document'));
    window?.setBounds(wanted);
    window?.close();
  }, place);
  await expect.poll(tornWindow).toBe(undefined);
  const again = await tearOff();
  await expect(again.getByRole('heading', { level: 1, name: 'Есеп' })).toBeVisible();
  expect(await bounds()).toEqual(place);

  await page.bringToFront();
  await person.press('Control+KeyL');
  await expect.poll(tornWindow).toBe(undefined);
});
