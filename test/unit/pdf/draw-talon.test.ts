import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawTalon, extractTalonQr, readTalonLayout, type TalonContent } from '../../../main/pdf/index.ts';
import { qrMatrix, qrSide } from '../../../main/pdf/draw-qr.ts';
import { MM } from '../../../main/pdf/sheet.ts';
import { pdfJudges } from './pdf-judges.ts';
import { ink, pictureOf, readQr, zbarReads } from './page-picture.ts';
import { KAZAKH, KEY_ID, sampleFiles, sampleTalon } from './sample-papers.ts';
import { throwawayPki } from './throwaway-pki.ts';

const judges = pdfJudges(throwawayPki());
const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const form = { fontsDir: join(resources, 'fonts'), layout: readTalonLayout(resources, null).layout };
const COPY = { number: 2, at: '2026-11-23T05:05:00Z', by: 'Ким С. В.' };

async function drawn(change: Partial<TalonContent> = {}): Promise<{ path: string; text: string; words: string[] }> {
  const path = judges.save('talon.pdf', await drawTalon(sampleTalon(change), form));
  const text = judges.pdftotext(path, '-layout').replaceAll('\u00a0', ' ');
  return { path, text, words: text.split(/\s+/) };
}

describe('a talon', () => {
  it('prints the numbers as words that can be copied in one piece', async () => {
    const { words } = await drawn();
    expect(words).toContain('9900-26-000017');
    expect(words).toContain('9900-26-00-2/17');
    expect(words).toContain('260000000017');
    expect((await drawn({ caseNumber: null, joinsCase: '6003-25-00-4к/1454(2)' })).words).toContain('6003-25-00-4к/1454(2)');
  });

  it('keeps the three moments apart and shows them in UTC+5', async () => {
    const { text } = await drawn({
      sentAt: '2026-11-20T18:59:00Z',
      receivedAt: '2026-11-20T19:01:00Z',
      registeredAt: '2026-11-21T04:31:07Z',
    });
    expect(text).toMatch(/20\.11\.2026, 23:59\s+21\.11\.2026, 00:01\s+21\.11\.2026, 09:31/);
    expect(text).toMatch(/Кабинеттен жіберілді\s+Сотқа түсті\s+Тіркелді/);
    expect(text).toMatch(/Отправлено в кабинете\s+Поступило в суд\s+Зарегистрировано/);
  });

  it('says what was filed, by whom, how its signature stands, what was paid and who registered it', async () => {
    const { text } = await drawn();
    for (const part of [
      'Оқу-жаттығу аудандық соты',
      'Учебный районный суд',
      'Талап қою (талап арыз)',
      'Исковое заявление (иск)',
      'Ғалымжанов Әділет Қуанышұлы',
      '8701******12',
      '«Өркен» ЖШС',
      'Қолтаңба жарамды',
      'Подпись действительна',
      '21 625 ₸',
      'KZ-2026-118745',
      'Әлиева Қаракөз Ғабитқызы',
      'office.sud.kz',
      '1401',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/КӨШІРМЕ|ОҚУ РЕЖИМІ|Кемшіліктер/);
  });

  it('counts the last day up to its end at 24:00', async () => {
    const { text } = await drawn({ dueAt: '2026-11-27T19:00:00Z' });
    expect(text).toContain('2026 жылғы 27 қараша');
    expect(text).toContain('27 ноября 2026 года');
    expect((await drawn({ dueAt: null })).text).not.toContain('соңғы күні');
  });

  it("speaks of registration only: not of acceptance, and confirmation is the registry's", async () => {
    const { text } = await drawn();
    expect(text).toContain('Тіркеу – қабылдау емес');
    expect(text).toContain('Регистрация – ещё не принятие');
    expect(text).toContain('Тіркеуді орталық тізілімдегі жазба растайды.');
    expect(text).not.toMatch(/выдан|(?<!жі)берілді/i);
  });

  it('uses other words for a signature that is undecided, invalid or missing', async () => {
    expect((await drawn({ verdict: 'undecided' })).text).toContain('Подтвердить пока не удалось');
    expect((await drawn({ verdict: 'invalid' })).text).toContain('Қолтаңба жарамсыз');
    expect((await drawn({ verdict: 'unsigned' })).text).toContain('Қолтаңба жоқ');
    expect((await drawn({ verdict: 'undecided' })).text).not.toMatch(/жарамсыз|недействительна/);
  });

  it('marks training, a reprint and defects in both languages', async () => {
    const { text } = await drawn({ training: true, copy: COPY, flagged: true });
    for (const part of [
      'ОҚУ РЕЖИМІ',
      'УЧЕБНЫЙ РЕЖИМ',
      'КӨШІРМЕ / КОПИЯ № 2 · 23.11.2026, 10:05 · Ким С. В.',
      'кеңсе белгіледі',
      'отмечены канцелярией',
    ])
      expect(text).toContain(part);
  });

  it('lists every file with its pages and its whole hash', async () => {
    const files = sampleFiles(12);
    const { words } = await drawn({ files, documents: 12 });
    for (const file of files) expect(words).toContain(file.sha256);
  });

  it('stays one page with thirty files and covers those it leaves out by one hash over all', async () => {
    const files = sampleFiles(30);
    const { path, words, text } = await drawn({ files, documents: 30, training: true, copy: COPY, flagged: true });
    expect(judges.pdfinfo(path)).toMatch(/Pages:\s+1\n/);
    const left = Number(/тағы (\d+) файл/.exec(text)?.[1]);
    expect(left).toBeGreaterThan(0);
    expect(words.filter((word) => files.some((file) => file.sha256 === word))).toHaveLength(30 - left);
    const all = createHash('sha256')
      .update(files.map((file) => `${file.sha256}\n`).join(''))
      .digest('hex');
    expect(words).toContain(all);
  });

  it('stays one page with names of hundreds of letters, and cuts none of the numbers', async () => {
    const long = 'Қаржы министрлігінің Мемлекеттік кірістер департаменті '.repeat(8).slice(0, 400);
    const { path, words, text } = await drawn({
      applicant: long,
      parties: long.repeat(4),
      registeredBy: long,
      kindNameKk: long,
      kindNameRu: long,
      courtNameKk: long,
      courtNameRu: long,
      dutyPaid: { amountTenge: '1234567.5', number: long },
      files: sampleFiles(30, long),
      documents: 30,
      training: true,
      copy: COPY,
      flagged: true,
    });
    expect(judges.pdfinfo(path)).toMatch(/Pages:\s+1\n/);
    expect(words).toContain('9900-26-00-2/17');
    expect(text).toContain('1 234 567,50 ₸');
    expect(text).toContain('…');
  });

  it('prints no invisible marks that could turn a name around', async () => {
    const { text } = await drawn({ applicant: 'Әлия\u202eавилА\u0000\u200b Қызы' });
    expect(text).toContain('ӘлияавилА Қызы');
  });

  it('has every Kazakh letter in the text and whole in the picture', async () => {
    const inkOf = async (applicant: string) => ink(pictureOf((await drawn({ applicant })).path, 1, 200));
    const { text, path } = await drawn({ applicant: KAZAKH });
    expect(text).toContain(KAZAKH);
    expect(judges.qpdfFaults(path)).toBe('');
    expect(judges.pdfinfo(path)).toMatch(/Tagged:\s+yes/);
    // Each letter is its Russian likeness with a stroke more; letters lost from the font would leave less ink, not more.
    const blank = await inkOf('');
    const kazakh = (await inkOf('ӘҒҚҢӨҰҺәғқңөұһ')) - blank;
    const russian = (await inkOf('ЭГКНОУНэгкноун')) - blank;
    expect(russian).toBeGreaterThan(500);
    expect(kazakh).toBeGreaterThan(russian);
    expect(kazakh).toBeLessThan(russian * 1.6);
  });

  it('carries a QR that another reader reads from the printed page, as large as a telephone needs', async () => {
    const content = sampleTalon({
      kind: 'court_order_objection',
      receivedAt: '2026-11-20T12:42:05.125Z',
      registeredAt: '2026-11-21T04:31:07.250Z',
    });
    const pdf = await drawTalon(content, form);
    const path = judges.save('qr.pdf', pdf);
    expect(readQr(pictureOf(path, 1, 150))).toBe(content.qrText);
    expect(zbarReads(path)).toBe(content.qrText);
    expect(extractTalonQr(pdf)).toBe(content.qrText);
    expect(judges.pdftotext(path)).toContain(KEY_ID);
  });

  it('has a QR of a version that is read at 25 mm, with error correction M', () => {
    const { qrText } = sampleTalon({ kind: 'court_order_objection', caseNumber: '9900-26-00-2а/99999', joinsCase: null });
    // version 13 has 69 modules; half a millimetre each is what a cheap telephone still reads
    expect(qrMatrix(qrText).size).toBeLessThanOrEqual(69);
    expect(qrSide(qrText) / MM).toBeGreaterThanOrEqual(25);
    expect(qrSide(qrText) / MM).toBeLessThan(42);
  });

  it('is the same to the byte for the same facts, and another file for others', async () => {
    const [first, again, copy] = await Promise.all(
      [sampleTalon(), sampleTalon(), sampleTalon({ copy: COPY })].map((content) => drawTalon(content, form)),
    );
    expect(Buffer.from(again!).equals(first!)).toBe(true);
    expect(Buffer.from(copy!).equals(first!)).toBe(false);
    const id = (pdf: Uint8Array): string => /\/ID \[<(\w+)>/.exec(Buffer.from(pdf).toString('latin1'))![1]!;
    expect(id(copy!)).not.toBe(id(first!));
  });

  it('is not drawn when its QR says something else', async () => {
    const other = sampleTalon({ incomingNumber: '9900-26-000018' }).qrText;
    await expect(drawTalon(sampleTalon({ qrText: other }), form)).rejects.toThrow('the QR text says something else');
    await expect(drawTalon(sampleTalon({ qrText: 'no talon' }), form)).rejects.toThrow();
  });
});

describe('the layout of a talon', () => {
  const folder = (text: string) => {
    const dir = mkdtempSync(join(tmpdir(), 'kense-layout-'));
    writeFileSync(join(dir, 'talon.json'), text);
    return dir;
  };
  const own = (change: object) => folder(JSON.stringify({ ...readTalonLayout(resources, null).layout, ...change }));

  it('is the court’s own where it has one: which facts, in which order and words', async () => {
    const title = { kk: 'ТАЛОН', ru: 'ТАЛОН (РУС)' };
    const { layout, from, problem } = readTalonLayout(
      resources,
      own({
        rows: ['applicant', 'kind'],
        numbers: ['case', 'incoming'],
        files: false,
        foot: [{ kk: 'Кеңсе: 101-бөлме', ru: 'Канцелярия: кабинет 101' }],
        checkAddress: 'https://talon.example/check',
        words: { ...readTalonLayout(resources, null).layout.words, title },
      }),
    );
    expect([from, problem]).toEqual(['court', null]);
    const path = judges.save('own.pdf', await drawTalon(sampleTalon(), { ...form, layout }));
    const text = judges.pdftotext(path, '-layout');
    expect(text).toMatch(/9900-26-00-2\/17\s+9900-26-000017/);
    expect(text.indexOf('Заявитель')).toBeLessThan(text.indexOf('Вид документа'));
    for (const part of ['ТАЛОН (РУС)', '101-бөлме', 'https://talon.example/check']) expect(text).toContain(part);
    for (const part of ['SHA-256', 'Государственная пошлина', 'Регистрация – ещё не принятие']) expect(text).not.toContain(part);
    expect(zbarReads(path)).toBe(sampleTalon().qrText);
  });

  it.each([
    ['talon.json', '{ "id": "talon", '],
    ['numbers', JSON.stringify({ ...readTalonLayout(resources, null).layout, numbers: ['case'] })],
    ['rows', JSON.stringify({ ...readTalonLayout(resources, null).layout, rows: ['kind', 'kind'] })],
    [
      'words.title.kk',
      JSON.stringify({
        ...readTalonLayout(resources, null).layout,
        words: { ...readTalonLayout(resources, null).layout.words, title: { kk: '', ru: 'x' } },
      }),
    ],
    ['rows.0', JSON.stringify({ ...readTalonLayout(resources, null).layout, rows: ['qr'] })],
  ])('falls back to that of the program and names what is wrong: %s', (problem, text) => {
    expect(readTalonLayout(resources, folder(text))).toEqual({ layout: readTalonLayout(resources, null).layout, from: 'product', problem });
  });
});
