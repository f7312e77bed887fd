import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as pdf from '../../../main/pdf/index.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { pdfJudges } from './pdf-judges.ts';
import { sampleTalon } from './sample-papers.ts';
import { throwawayPki } from './throwaway-pki.ts';

const judges = pdfJudges(throwawayPki());
const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const fonts = path.join(resources, 'fonts');
const ID = '01980000-0000-7000-8000-000000000001';
const AT = '2026-11-21T04:31:07Z';
const MARK = /оқу режимі|учебный режим/i;

const court = { courtNameKk: 'Алматы қаласының ауданы', courtNameRu: 'Район города Алматы' };
const numbers = { caseNumber: '9900-26-00-2/17', incomingNumber: '9900-26-000017' };
const people = { parties: 'Өмірбекова Әлия – «Өркен» ЖШС', judge: 'Мысалғалиев Өмірхан' };
const kind = { kindNameKk: 'Ұйғарым', kindNameRu: 'Определение' };
const made = { madeBy: 'Үлгібаева Әсел', madeAt: AT, preparedBy: 'Үлгібаева Әсел', preparedAt: AT };
const signed = { ...court, ...numbers, ...kind, ...people, signer: people.judge, signedAt: AT, sha256: 'ab'.repeat(32), actId: ID };
const say = (key: string) => ({ kk: (kk as Record<string, string>)[key] ?? key, ru: (ru as Record<string, string>)[key] ?? key });
const named = (family: string, id: string) => say(`${family}.${id}`);

type Make = (training: boolean) => Promise<Uint8Array>;
const ruling =
  (language: 'kk' | 'ru'): Make =>
  (training) =>
    pdf.drawRuling(
      {
        ...{
          kind: 'ruling-accept',
          language,
          ...court,
          ...numbers,
          place: 'Алматы қаласы',
          date: AT,
          judge: people.judge,
          training,
          actId: ID,
        },
        ...{ claimant: 'Ғалымжанов Әділет', respondent: '«Өркен» ЖШС', filingKindNameKk: 'Талап қою', filingKindNameRu: 'Иск' },
        ...{ claimSubject: 'Қарыз', receivedAt: AT, grounds: [] },
      },
      resources,
    );
const act =
  (language: 'kk' | 'ru'): Make =>
  (training) =>
    pdf.drawAct(
      {
        ...{
          kind: 'free-act',
          variant: 'general',
          language,
          courtName: court.courtNameKk,
          ...numbers,
          date: AT,
          judge: people.judge,
          training,
          actId: ID,
        },
        values: { title: 'ЖЕКЕШЕ ҰЙҒАРЫМ', judge: people.judge, claimant: 'Ғалымжанов Әділет', respondent: '«Өркен» ЖШС' },
      },
      resources,
    );
const report =
  (language: 'kk' | 'ru'): Make =>
  (training) =>
    pdf.drawReport(
      {
        ...{
          language,
          landscape: true,
          court: court.courtNameKk,
          title: 'Журнал',
          facts: [],
          empty: '',
          counts: [],
          foot: '{page}/{pages}',
        },
        columns: [{ title: '№', width: 1, number: true }],
        rows: Array.from({ length: 90 }, (_, row) => [String(row)]),
        ...{ mark: training ? { kk, ru }[language]['training.mark'] : null, madeAt: AT },
      },
      fonts,
      () => Promise.resolve(),
    );

/** Everything in `main/pdf` that draws a paper. */
const MAKERS: Readonly<Record<string, readonly Make[]>> = {
  drawTalon: [
    (training) =>
      pdf.drawTalon(sampleTalon({ training, ...court }), { fontsDir: fonts, layout: pdf.readTalonLayout(resources, null).layout }),
  ],
  drawRuling: [ruling('kk'), ruling('ru')],
  drawAct: [act('kk'), act('ru')],
  drawReport: [report('kk'), report('ru')],
  drawCheckSheet: [(training) => pdf.drawCheckSheet({ ...signed, ...made, court: '9900', level: 'LT', training }, fonts)],
  drawLetterSheet: [
    (training) => pdf.drawLetterSheet({ ...signed, ...made, deliveryId: ID, recipient: 'Ғалымжанов', address: 'Алматы', training }, fonts),
  ],
  drawSummons: [
    (training) =>
      pdf.drawSummons(
        {
          ...{ ...court, ...numbers, ...people, ...made, summonsId: ID, recipient: 'Ғалымжанов', side: 'respondent', startsAt: AT },
          ...{ place: 'Алматы', room: '214', mode: 'in-person', link: null, recordingNote: null, training },
        },
        fonts,
      ),
  ],
  drawProtocol: [
    (training) =>
      pdf.drawProtocol(
        {
          ...{ ...court, ...numbers, ...kind, ...made, courtCode: '9900', cabinetNumber: '260000000017', receivedAt: AT },
          ...{ program: 'Kense 0.1.0', signature: 'absent', documents: [], evidence: {}, training },
        },
        { say, named },
        fonts,
      ),
  ],
  drawDispatchProtocol: [
    (training) => pdf.drawDispatchProtocol({ ...signed, ...made, issued: true, recipients: [], training }, { say, named }, fonts),
  ],
};

/** Whether a page, drawn by poppler, has anything that is not grey. */
function isColoured(file: string, page: number): boolean {
  const [name, at] = [file.replace(/\.pdf$/, ''), String(page)];
  execFileSync('pdftoppm', ['-r', '40', '-f', at, '-l', at, '-singlefile', file, name]);
  const picture = readFileSync(`${name}.ppm`);
  const pixels = picture.subarray(picture.indexOf('\n255\n') + 5);
  for (let at = 0; at < pixels.length; at += 3) {
    const [red, green, blue] = pixels.subarray(at, at + 3);
    if (Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!) > 16) return true;
  }
  return false;
}

describe('every paper of training', () => {
  it('is drawn by a maker that stands in this table', () => {
    const makers = Object.keys(pdf).filter((name) => name.startsWith('draw'));
    expect(Object.keys(MAKERS).sort()).toEqual(makers.sort());
  });

  it.each(Object.entries(MAKERS))('%s says so in words and colour on its pages, and a real one does not', async (name, makes) => {
    for (const [at, make] of makes.entries()) {
      const pagesOf = async (training: boolean) => {
        const file = judges.save(`${name}-${at}-${training}.pdf`, await make(training));
        const pages = judges
          .pdftotext(file, '-layout')
          .split('\f')
          .filter(Boolean)
          .map((page) => page.replaceAll(/[\s\u00a0]+/g, ' '));
        // a page is marked in words and colour, or in neither
        expect(pages.map((_, page) => isColoured(file, page + 1))).toEqual(pages.map((page) => MARK.test(page)));
        return pages;
      };
      const [marked, plain] = [await pagesOf(true), await pagesOf(false)];
      expect(marked[0]).toMatch(MARK);
      if (name === 'drawReport') expect(marked.filter((page) => !MARK.test(page))).toEqual([]);
      expect(plain.join(' ')).not.toMatch(MARK);
      expect(plain.join(' ').length).toBeGreaterThan(50);
    }
  });
});
