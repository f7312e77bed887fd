import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawRuling, rulingText, type RulingContent } from '../../../main/pdf/index.ts';
import type { ActText } from '../../../shared/domain/act-text.ts';
import { pdfJudges } from './pdf-judges.ts';
import { throwawayPki } from './throwaway-pki.ts';

const judges = pdfJudges(throwawayPki());
const resources = fileURLToPath(new URL('../../../resources', import.meta.url));

const RULING: RulingContent = {
  kind: 'ruling-return',
  language: 'kk',
  courtNameKk: 'Алматы қаласы Бостандық аудандық соты',
  courtNameRu: 'Бостандыкский районный суд города Алматы',
  caseNumber: '9900-26-00-2/17',
  incomingNumber: '9900-26-000017',
  date: '2026-11-21T06:10:00Z',
  judge: 'Серікова Гүлнар Қайратқызы',
  claimant: 'Ғалымжанов Әділет Қуанышұлы',
  respondent: '«Өркен» жауапкершілігі шектеулі серіктестігі',
  filingKindNameKk: 'Талап қою (талап арыз)',
  filingKindNameRu: 'Исковое заявление (иск)',
  claimSubject: 'Қарыз шарты бойынша берешекті өндіріп алу',
  receivedAt: '2026-11-20T12:42:05Z',
  grounds: [{ code: '152.1.1', textKk: 'Сотқа дейінгі тәртіп сақталмаған', textRu: 'Не соблюдён досудебный порядок' }],
  training: false,
  actId: '0192f3a1-7c4e-7b11-9a53-2f0d5f1c8e77',
};
const textOf = (blocks: ActText['blocks']): ActText => ({ version: 1, blocks });
let written = 0;
async function drawn(text: ActText, change: Partial<RulingContent> = {}) {
  const path = judges.save(`written-${++written}.pdf`, await drawRuling({ ...RULING, ...change, text }, resources));
  const words = (options: string[] = []) => judges.pdftotext(path, ...options).replace(/[\s\u00a0]+/g, ' ');
  return { path, words, pages: Number(/Pages:\s+(\d+)/.exec(judges.pdfinfo(path))![1]) };
}
const KAZAKH = 'Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі';

describe('a written text', () => {
  for (const language of ['kk', 'ru'] as const) {
    it(`of the template, drawn as it is, says in ${language} what the template says`, async () => {
      const content = { ...RULING, language };
      const template = judges.save(`template-${language}.pdf`, await drawRuling(content, resources));
      const written = await drawn(rulingText(content, resources), { language });
      // where a line ends is another matter, and with it which hyphens the reader takes for its own
      const letters = (text: string) => text.replace(/[\s\u00a0-]+/g, '');
      expect(letters(written.words())).toBe(letters(judges.pdftotext(template)));
      expect(judges.qpdfFaults(written.path)).toBe('');
    });
  }

  it('keeps every kind of block with its Kazakh letters, in a tagged file with embedded fonts', async () => {
    const { path, words, pages } = await drawn(
      textOf([
        { type: 'heading', text: 'СОТ АНЫҚТАДЫ' },
        { type: 'paragraph', text: `Бірінші абзац ${KAZAKH}.\nЕкінші абзац.` },
        { type: 'list', ordered: true, items: ['бірінші;', 'екінші.'] },
        { type: 'list', ordered: false, items: ['белгісіз тармақ'] },
        {
          type: 'table',
          rows: [
            ['Төлем', 'Сомасы'],
            ['Негізгі борыш', '1 500 000 ₸'],
          ],
        },
        { type: 'operative', items: ['Талап қою қайтарылсын.', 'Көшірмесі жіберілсін.'] },
      ]),
    );
    expect(pages).toBe(1);
    expect(judges.qpdfFaults(path)).toBe('');
    for (const part of [
      KAZAKH,
      'Екінші абзац.',
      '1) бірінші; 2) екінші.',
      '– белгісіз тармақ',
      'Негізгі борыш 1 500 000 ₸',
      'ҰЙҒАРДЫ: 1. Талап қою қайтарылсын. 2. Көшірмесі жіберілсін.',
      'Серікова Гүлнар Қайратқызы',
      'Ғалымжанов Әділет Қуанышұлы',
    ])
      expect(words()).toContain(part);
    const structure = execFileSync('pdfinfo', ['-struct', path], { encoding: 'utf8' });
    for (const tag of ['Table', 'TR', 'TH', 'TD', 'LI', 'H2']) expect(structure).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'));
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' }).split('\n').slice(2).filter(Boolean);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/Tinos.* yes\s+yes\s+yes\s+\d+\s+\d+$/);
  });

  it('carries a long table over pages without losing a cell, and repeats its head there', async () => {
    const rows = [['№', 'Төлем', 'Сомасы'], ...Array.from({ length: 60 }, (_, n) => [`жол-${n}`, `Айлық төлем ${n}`, `${n * 1000} ₸`])];
    const { path, words, pages } = await drawn(
      textOf([
        { type: 'table', rows },
        { type: 'operative', items: ['Ұйғарым.'] },
      ]),
    );
    expect(pages).toBeGreaterThan(1);
    expect(judges.qpdfFaults(path)).toBe('');
    const text = words();
    for (let n = 0; n < 60; n++) expect(text).toContain(`жол-${n} `);
    for (let page = 1; page < pages; page++) expect(words(['-f', String(page), '-l', String(page)]).match(/Сомасы/g)).toHaveLength(1);
  });

  it('breaks a cell that is higher than a page, and a word that is wider than its column', async () => {
    const long = Array.from({ length: 330 }, (_, n) => `с${n}`).join(' ');
    const word = 'Ұ'.repeat(300);
    const { words, pages, path } = await drawn(
      textOf([
        {
          type: 'table',
          rows: [
            ['А', 'Ә', 'Б', 'В', 'Г', 'Ғ'],
            [long, '', '', word, '', 'соңы'],
          ],
        },
        { type: 'operative', items: ['Ұйғарым.'] },
      ]),
    );
    expect(pages).toBeGreaterThan(1);
    expect(judges.qpdfFaults(path)).toBe('');
    const text = words(['-raw']);
    for (let n = 0; n < 330; n++) expect(text).toMatch(new RegExp(`с${n}\\b|с${n}\\s`));
    expect(text.match(/Ұ/g)!.length).toBeGreaterThanOrEqual(300);
  });

  it('never leaves the signature alone on a page, however long the text is', async () => {
    for (let lines = 20; lines < 44; lines += 8) {
      const text = textOf([
        { type: 'paragraph', text: Array.from({ length: lines }, (_, n) => `Мән-жай ${n}, сот оны анықтады және бағалады.`).join('\n') },
        { type: 'operative', items: ['Ұйғарым.'] },
      ]);
      const { words, pages } = await drawn(text);
      const last = words(['-f', String(pages), '-l', String(pages)]);
      expect(last).toContain('Серікова');
      expect(last, `${lines} lines`).toContain('жеке шағым');
    }
  });

  it('cannot hide or turn around what it says', async () => {
    const { words } = await drawn(
      textOf([
        { type: 'paragraph', text: 'Талап \u202eқою\u200b қабылдансын' },
        { type: 'operative', items: ['Қабыл\u2066дансын.'] },
      ]),
    );
    expect(words()).toContain('Талап қою қабылдансын');
    expect(words()).toContain('Қабылдансын.');
  });
});
