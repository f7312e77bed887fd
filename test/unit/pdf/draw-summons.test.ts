import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countPages, drawSummons, type SummonsContent } from '../../../main/pdf/index.ts';
import { ink, pictureOf } from './page-picture.ts';
import { pdfJudges } from './pdf-judges.ts';
import { KAZAKH } from './sample-papers.ts';
import { throwawayPki } from './throwaway-pki.ts';

const judges = pdfJudges(throwawayPki());
const fonts = fileURLToPath(new URL('../../../resources/fonts', import.meta.url));

const sample = (change: Partial<SummonsContent> = {}): SummonsContent => ({
  summonsId: '01980000-0000-7000-8000-000000000001',
  courtNameKk: 'Оқу-жаттығу аудандық соты',
  courtNameRu: 'Учебный районный суд',
  recipient: 'Ғалымжанов Әділет Қуанышұлы',
  side: 'respondent',
  caseNumber: '9900-26-00-2/17',
  incomingNumber: '9900-26-000017',
  parties: 'Өмірбекова Әлия – «Өркен» ЖШС',
  startsAt: '2026-12-03T18:30:00Z',
  place: 'Астана қаласы, Сарыарқа даңғылы, 1',
  room: '214',
  judge: 'Мысалғалиев Өмірхан Ғабитұлы',
  mode: 'in-person',
  link: null,
  recordingNote: 'Отырыс бейнежазбаға түсіріледі',
  preparedBy: 'Үлгібаева Әсел Құрманқызы',
  preparedAt: '2026-11-21T04:31:07Z',
  training: false,
  ...change,
});

async function drawn(change: Partial<SummonsContent> = {}) {
  const bytes = await drawSummons(sample(change), fonts);
  const path = judges.save('summons.pdf', bytes);
  return { bytes, path, text: judges.pdftotext(path, '-layout').replaceAll('\u00a0', ' ') };
}

describe('a summons', () => {
  it('tells in Kazakh and Russian who is summoned, as what, where and when in UTC+5', async () => {
    const { text } = await drawn();
    for (const part of [
      'СОТТЫҢ ШАҚЫРУ ҚАҒАЗЫ',
      'СУДЕБНАЯ ПОВЕСТКА',
      'Ғалымжанов Әділет Қуанышұлы',
      'жауапкер',
      'ответчик',
      '9900-26-00-2/17',
      '2026 жылғы 3 желтоқсан, бейсенбі, сағат 23:30',
      '3 декабря 2026 года, четверг, 23:30',
      'Сарыарқа даңғылы, 1',
      '214',
      'Отырыс бейнежазбаға түсіріледі',
      'сот ғимаратына өзіңіз келесіз',
      'лично, в здании суда',
      'Үлгібаева Әсел Құрманқызы',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/ОҚУ РЕЖИМІ|сілтемесі|бейнеконференц/);
  });

  it('gives the link of a hearing by video in one piece that can be copied', async () => {
    const link = 'https://video.example.kz/r/7f3a';
    const { text } = await drawn({ mode: 'video', link, room: null });
    expect(text).toContain(link);
    expect(text).toContain('бейнеконференцбайланыс');
    expect(text).not.toContain('Отырыс залы');
  });

  it('has every Kazakh letter, is tagged and has no fault of syntax', async () => {
    const { path, text } = await drawn({ recipient: KAZAKH, training: true });
    expect(text).toContain(KAZAKH);
    expect(text).toContain('ОҚУ РЕЖИМІ');
    expect(judges.pdfinfo(path)).toMatch(/Tagged:\s+yes/);
    expect(judges.qpdfFaults(path)).toBe('');
    expect(ink(pictureOf(path, 1, 60))).toBeGreaterThan(2000);
  });

  it('stays one page whatever the names, and cuts neither number nor time', async () => {
    const long = 'Қаржы министрлігінің Мемлекеттік кірістер департаменті '.repeat(20);
    const { bytes, text } = await drawn({
      ...{
        recipient: long,
        parties: long,
        place: long,
        room: long,
        judge: long,
        recordingNote: long,
        courtNameKk: long,
        courtNameRu: long,
      },
      ...{ preparedBy: long, training: true, mode: 'video', link: `https://video.example.kz/${'a'.repeat(400)}` },
    });
    expect(await countPages(bytes)).toBe(1);
    expect(text).toContain('9900-26-00-2/17');
    expect(text).toContain('23:30');
    expect(text).toContain('1401');
  });

  it('is the same file for the same content', async () => {
    const [one, two] = [await drawSummons(sample(), fonts), await drawSummons(sample(), fonts)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });
});
