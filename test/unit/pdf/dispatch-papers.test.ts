import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  countPages,
  drawCheckSheet,
  drawDispatchProtocol,
  drawLetterSheet,
  type CheckSheetContent,
  type DispatchProtocolContent,
  type LetterSheetContent,
} from '../../../main/pdf/index.ts';
import { actCheckText, parseActCheck } from '../../../shared/domain/act-check.ts';
import { ink, pictureOf, readQr } from './page-picture.ts';
import { pdfJudges } from './pdf-judges.ts';
import { KAZAKH } from './sample-papers.ts';
import { throwawayPki } from './throwaway-pki.ts';

const judges = pdfJudges(throwawayPki());
const fonts = fileURLToPath(new URL('../../../resources/fonts', import.meta.url));
const ID = '01980000-0000-7000-8000-000000000001';
const LONG = 'Қаржы министрлігінің Мемлекеттік кірістер департаменті '.repeat(20);

const act = {
  ...{ courtNameKk: 'Оқу-жаттығу аудандық соты', courtNameRu: 'Учебный районный суд', caseNumber: '9900-26-00-2/17' },
  ...{ kindNameKk: 'Талап қоюды қабылдау туралы ұйғарым', kindNameRu: 'Определение о принятии', incomingNumber: '9900-26-000017' },
  ...{ parties: 'Өмірбекова Әлия – «Өркен» ЖШС', signer: 'Мысалғалиев Өмірхан Ғабитұлы', signedAt: '2026-11-21T04:31:07Z' },
  ...{ sha256: 'ab'.repeat(32), training: false },
};
const sheet = (change: Partial<CheckSheetContent> = {}): CheckSheetContent => ({
  ...{ ...act, actId: ID, court: '9900', level: 'LT', madeBy: 'Үлгібаева Әсел', madeAt: '2026-11-22T04:31:07Z' },
  ...change,
});
const letter = (change: Partial<LetterSheetContent> = {}): LetterSheetContent => ({
  ...{ ...act, deliveryId: ID, recipient: 'Ғалымжанов Әділет', address: '050000, Алматы қаласы, Әл-Фараби даңғылы, 77/8-үй' },
  ...{ preparedBy: 'Үлгібаева Әсел', preparedAt: '2026-11-22T04:31:07Z' },
  ...change,
});
const words = {
  say: (key: string) => ({ kk: `${key} kk`, ru: `${key} ru` }),
  named: (family: string, id: string) => ({ kk: `${family}.${id} kk`, ru: `${family}.${id} ru` }),
};
const attempt = (channel: string, outcome: string) => ({
  ...{ channel, outcome, at: '2026-11-22T05:00:00Z', code: 'gateway-202', reference: `${ID}.sms`, by: 'Үлгібаева Әсел' },
});
const protocol = (people: number): DispatchProtocolContent => ({
  ...{ ...act, actId: ID, issued: true, madeBy: 'Үлгібаева Әсел', madeAt: '2026-11-22T04:31:07Z' },
  recipients: Array.from({ length: people }, (_, n) => ({
    ...{ name: `Алушы ${n + 1}`, side: 'respondent', state: 'sent', at: '2026-11-22T05:00:00Z' },
    attempts: n % 2 === 0 ? [attempt('sms', 'retry'), attempt('sms', 'sent'), attempt('post', 'sent')] : [],
    addresses: [{ channel: 'post', address: 'Алматы' }],
  })),
});

function judged(name: string, bytes: Uint8Array) {
  const path = judges.save(name, bytes);
  expect(judges.qpdfFaults(path)).toBe('');
  expect(judges.pdfinfo(path)).toMatch(/Tagged:\s+yes/);
  expect(ink(pictureOf(path, 1, 60))).toBeGreaterThan(2000);
  return { path, text: judges.pdftotext(path, '-layout').replaceAll('\u00a0', ' ') };
}

describe('the text of a verification sheet', () => {
  const check = {
    court: '9900',
    actId: ID,
    incomingNumber: '9900-26-000017',
    signedAt: '2026-11-21T04:31:07.123Z',
    sha256: 'ab'.repeat(32),
  };

  it('says the same when it is read again, in plain ASCII', () => {
    const text = actCheckText(check);
    expect(parseActCheck(` ${text}\n`)).toEqual(check);
    expect(text).toMatch(/^[\x20-\x7e]{1,200}$/);
  });

  it.each([
    ['another prefix', actCheckText(check).replace('KENSEA1', 'KENSEA2')],
    ['a short hash', actCheckText({ ...check, sha256: 'ab' })],
    ['capital digits', actCheckText({ ...check, sha256: 'AB'.repeat(32) })],
    ['no court', actCheckText({ ...check, court: '99' })],
    ['one part more', `${actCheckText(check)}:x`],
    ['a talon', 'KENSE1:0123456789abcdef'],
    ['nothing', ''],
  ])('%s is no such text', (_, text) => {
    expect(parseActCheck(text)).toBeNull();
  });
});

describe('a verification sheet', () => {
  it('carries the act in a QR code that another reader reads from the printed page', async () => {
    const { path, text } = judged('check.pdf', await drawCheckSheet(sheet(), fonts));
    expect(parseActCheck(readQr(pictureOf(path, 1, 150)))).toEqual({
      ...{ court: '9900', actId: ID, incomingNumber: act.incomingNumber, signedAt: act.signedAt, sha256: act.sha256 },
    });
    for (const part of ['ТЕКСЕРУ ПАРАҒЫ', 'ЛИСТ ПРОВЕРКИ', act.caseNumber, act.incomingNumber, act.signer, 'PAdES LT', '21.11.2026, 09:31'])
      expect(text).toContain(part);
    expect(text.replace(/\s/g, '')).toContain(act.sha256);
  });

  it('says that it is no signature, and has none', async () => {
    const bytes = await drawCheckSheet(sheet(), fonts);
    expect(judged('unsigned.pdf', bytes).text).toContain('Бұл парақта қолтаңба жоқ');
    expect(Buffer.from(bytes).includes('/ByteRange')).toBe(false);
  });

  it('stays one page whatever the names', async () => {
    const change = { courtNameKk: LONG, courtNameRu: LONG, kindNameKk: LONG, kindNameRu: LONG, parties: LONG, signer: LONG, madeBy: LONG };
    const bytes = await drawCheckSheet(sheet({ ...change, training: true }), fonts);
    expect(await countPages(bytes)).toBe(1);
    expect(judged('long.pdf', bytes).text).toContain(act.incomingNumber);
  });
});

describe('the sheet of a letter', () => {
  it('has the address where the window of an envelope is, and room for number and day', async () => {
    const { path, text } = judged('letter.pdf', await drawLetterSheet(letter({ recipient: KAZAKH }), fonts));
    for (const part of [
      KAZAKH,
      'СОТ АКТІСІН ЖОЛДАУ ХАТЫ',
      'СОПРОВОДИТЕЛЬНОЕ ПИСЬМО',
      'Пошта жөнелтілімінің нөмірі',
      'Дата сдачи на почту',
      act.caseNumber,
    ])
      expect(text).toContain(part);
    const window = judges.pdftotext(path, '-x', '57', '-y', '113', '-W', '270', '-H', '128');
    expect(window).toContain(KAZAKH);
    expect(window).toContain('Әл-Фараби');
    expect(window).not.toContain('ЖОЛДАУ');
  });

  it('stays one page whatever the names, and keeps the long address within its frame', async () => {
    const change = { recipient: LONG, address: LONG, parties: LONG, signer: LONG, preparedBy: LONG, kindNameKk: LONG, kindNameRu: LONG };
    const bytes = await drawLetterSheet(letter({ ...change, training: true }), fonts);
    expect(await countPages(bytes)).toBe(1);
    const { path } = judged('long-letter.pdf', bytes);
    expect(judges.pdftotext(path, '-x', '0', '-y', '242', '-W', '600', '-H', '40').trim()).toBe('');
  });
});

describe('the protocol of delivery', () => {
  it('tells every attempt of every person, on as many pages as it takes', async () => {
    const bytes = await drawDispatchProtocol(protocol(12), words, fonts);
    expect(await countPages(bytes)).toBeGreaterThan(2);
    const { text } = judged('protocol.pdf', bytes);
    for (let n = 1; n <= 12; n++) expect(text).toContain(`Алушы ${n}`);
    expect(text.match(/gateway-202/g)).toHaveLength(18);
    expect(text).toContain('dispatchOutcome.retry kk');
    expect(text.match(/dispatch\.protocol\.noAttempts kk/g)).toHaveLength(6);
  });
});
