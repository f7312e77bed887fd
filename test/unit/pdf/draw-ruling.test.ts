import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawRuling, signPdf, type RulingContent } from '../../../main/pdf/index.ts';
import { citeGround, fillLine, readFrame, readRulingTemplate } from '../../../main/pdf/ruling-template.ts';
import { pdfJudges } from './pdf-judges.ts';
import { throwawayPki } from './throwaway-pki.ts';

const pki = throwawayPki();
const judges = pdfJudges(pki);
const resources = fileURLToPath(new URL('../../../resources', import.meta.url));

const RULING: RulingContent = {
  kind: 'ruling-accept',
  language: 'kk',
  courtNameKk: 'Алматы қаласы Бостандық аудандық соты',
  courtNameRu: 'Бостандыкский районный суд города Алматы',
  caseNumber: '9900-26-00-2/17',
  incomingNumber: '9900-26-000017',
  place: 'Алматы қаласы',
  date: '2026-11-21T06:10:00Z',
  judge: 'Серікова Гүлнар Қайратқызы',
  claimant: 'Ғалымжанов Әділет Қуанышұлы',
  respondent: '«Өркен» жауапкершілігі шектеулі серіктестігі',
  filingKindNameKk: 'Талап қою (талап арыз)',
  filingKindNameRu: 'Исковое заявление (иск)',
  claimSubject: 'Қарыз шарты бойынша берешекті өндіріп алу',
  receivedAt: '2026-11-20T12:42:05Z',
  grounds: [],
  training: false,
  actId: '0192f3a1-7c4e-7b11-9a53-2f0d5f1c8e77',
};
const GROUNDS: RulingContent['grounds'] = [
  {
    code: '152.1.1',
    textKk: 'Дауды сотқа дейін реттеу тәртібі сақталмаған',
    textRu: 'Не соблюдён досудебный порядок урегулирования спора',
  },
  { code: 'ГПК 148(4), 152(1)(5)', textKk: 'Арызға өкілеттігі жоқ адам қол қойған', textRu: 'Иск подписан лицом без полномочий' },
];
const KINDS = ['ruling-accept', 'ruling-return', 'ruling-refuse', 'ruling-transfer'] as const;
const LANGUAGES = ['kk', 'ru'] as const;

async function drawn(change: Partial<RulingContent> = {}): Promise<{ path: string; text: string; pages: number }> {
  const content = { ...RULING, ...change };
  const path = judges.save(`${content.kind}-${content.language}.pdf`, await drawRuling(content, resources));
  const text = judges.pdftotext(path).replace(/[\s\u00a0]+/g, ' ');
  return { path, text, pages: Number(/Pages:\s+(\d+)/.exec(judges.pdfinfo(path))![1]) };
}

describe('a ruling', () => {
  for (const kind of KINDS) {
    for (const language of LANGUAGES) {
      it(`${kind} in ${language} is one page with court, date, judge, parties, reasons, articles, decision and the way to appeal`, async () => {
        const { text, pages, path } = await drawn({ kind, language, grounds: kind === 'ruling-accept' ? [] : GROUNDS, training: true });
        expect(pages).toBe(1);
        expect(judges.qpdfFaults(path)).toBe('');
        const parts =
          language === 'kk'
            ? [
                'Алматы қаласы Бостандық аудандық соты',
                'ҰЙҒАРЫМ',
                '2026 жылғы 21 қараша',
                'Іс № 9900-26-00-2/17',
                'АНЫҚТАДЫ:',
                'ҰЙҒАРДЫ:',
                'басшылыққа алып',
                'Ұйғарымға',
              ]
            : [
                'Бостандыкский районный суд города Алматы',
                'ОПРЕДЕЛЕНИЕ',
                '21 ноября 2026 года',
                'Дело № 9900-26-00-2/17',
                'УСТАНОВИЛ:',
                'ОПРЕДЕЛИЛ:',
                'Руководствуясь',
                'На определение',
              ];
        for (const part of [
          ...parts,
          'Серікова Гүлнар Қайратқызы',
          'Ғалымжанов Әділет Қуанышұлы',
          '9900-26-000017',
          'ОҚУ РЕЖИМІ',
          'УЧЕБНЫЙ РЕЖИМ',
        ]) {
          expect(text).toContain(part);
        }
        expect(text).not.toMatch(/[{}]|undefined|null/);
      });
    }
  }

  it('cites the article of each ground in words of the language', async () => {
    const ru = await drawn({ kind: 'ruling-return', language: 'ru', grounds: GROUNDS });
    expect(ru.text).toContain('Не соблюдён досудебный порядок урегулирования спора (подпункт 1) части 1 статьи 152 ГПК);');
    expect(ru.text).toContain('часть 4 статьи 148 ГПК, подпункт 5) части 1 статьи 152 ГПК).');
    const kk = await drawn({ kind: 'ruling-return', language: 'kk', grounds: GROUNDS });
    expect(kk.text).toContain('(АПК-нің 152-бабы бірінші бөлігінің 1) тармақшасы)');
  });

  it('takes the text of its procedure, and the civil one where the procedure has none', async () => {
    const administrative = await drawn({ language: 'ru', procedure: 'administrative' });
    expect(administrative.text).toContain('статьями 118, 137 и 138 АППК');
    expect(administrative.text).not.toContain('ГПК');
    const counterclaim = await drawn({ language: 'ru', procedure: 'counterclaim' });
    expect(counterclaim.text).toContain('О ПРИНЯТИИ ВСТРЕЧНОГО ИСКА'.toLowerCase());
    expect(counterclaim.text).not.toContain('возбудить гражданское дело');
    expect((await drawn({ kind: 'ruling-return', language: 'ru', procedure: 'counterclaim', grounds: GROUNDS })).text).toContain(
      'статьями 152, 268 и 269 ГПК',
    );
  });

  it('has words for every kind, procedure and language that ask for nothing a ruling does not know', () => {
    const values = { receivedDate: 'RECEIVED', incomingNumber: 'INCOMING', caseNumber: 'CASE', transferTo: 'COURT' };
    for (const kind of KINDS) {
      for (const procedure of ['civil', 'counterclaim', 'third-party-claim', 'administrative', 'court-order', 'general']) {
        for (const language of LANGUAGES) {
          const template = readRulingTemplate(resources, kind, procedure, language, RULING.date);
          const lines = [
            ...template.established,
            ...template.ruled,
            template.guidedBy,
            template.appeal,
            template.subject,
            template.opening,
          ];
          const filled = lines.map((line) => (typeof line !== 'string' && 'grounds' in line ? '' : fillLine(line, values)));
          expect(filled.join(' ')).toContain('INCOMING');
          expect(filled.join(' ')).not.toMatch(/[{}]/);
          // Kazakh endings follow the last sound, so no value may carry one.
          expect(filled.join(' ')).not.toMatch(/(RECEIVED|INCOMING|CASE|COURT)-?\p{L}/u);
        }
      }
    }
  });

  it('names the court a case goes to', async () => {
    const { text } = await drawn({
      kind: 'ruling-transfer',
      language: 'ru',
      grounds: GROUNDS,
      transferTo: { courtNameKk: 'Ақмола соты', courtNameRu: 'Акмолинский суд' },
    });
    expect(text).toContain('Суд, в который передаётся дело: Акмолинский суд.');
  });

  it('leaves out what is not there', async () => {
    const { text } = await drawn({ caseNumber: null, respondent: null, claimSubject: null, language: 'ru' });
    expect(text).toContain('Вх. № 9900-26-000017');
    expect(text).not.toMatch(/Ответчик:|Предмет спора:|Присвоить делу номер/);
  });

  it('says openly when a ruling that needs grounds has none', async () => {
    expect((await drawn({ kind: 'ruling-return', language: 'ru' })).text).toContain('Основания в проекте определения не указаны.');
  });

  it('flows over further pages with long names and twenty grounds, and keeps the judge beside the note on appeal', async () => {
    const long = 'Қаржы министрлігінің Мемлекеттік кірістер департаменті '.repeat(8).slice(0, 400);
    const grounds = Array.from({ length: 20 }, (_, i) => ({ ...GROUNDS[i % 2]!, textKk: `${GROUNDS[i % 2]!.textKk}: ${long}` }));
    const { path, pages, text } = await drawn({
      kind: 'ruling-return',
      claimant: long,
      respondent: long,
      courtNameKk: long,
      claimSubject: long,
      filingKindNameKk: long,
      grounds,
      training: true,
    });
    expect(pages).toBeGreaterThan(2);
    for (let page = 1; page <= pages; page++) {
      const one = judges.pdftotext(path, '-f', String(page), '-l', String(page));
      expect(one.replace(/\s/g, '')).toContain(`${page}/${pages}`);
      expect(one).toContain('ОҚУ РЕЖИМІ');
    }
    expect(judges.pdftotext(path, '-f', String(pages), '-l', String(pages))).toMatch(/Ұйғарымға[\s\S]+Серікова Гүлнар Қайратқызы/);
    for (let i = 1; i <= 20; i++) expect(text).toContain(`${i}) `);
    expect(judges.qpdfFaults(path)).toBe('');
  });

  it('is the same to the byte for the same content', async () => {
    const [first, again] = await Promise.all([drawRuling(RULING, resources), drawRuling(RULING, resources)]);
    expect(Buffer.from(again).equals(first)).toBe(true);
  });

  it('can be signed, and pdfsig calls the signature valid and trusted over the whole document', async () => {
    const signer = pki.signer('Серікова Гүлнар', 'rsa');
    const signed = await signPdf({
      pdf: await drawRuling(RULING, resources),
      signer,
      signedAt: '2026-11-21T06:12:00Z',
      name: RULING.judge,
      reason: null,
      location: null,
    });
    if (!signed.ok) throw new Error(signed.error.code);
    const path = judges.save('signed-ruling.pdf', signed.value);
    const report = judges.pdfsig(path);
    for (const part of ['Signature is Valid.', 'Certificate is Trusted.', 'Total document signed']) expect(report).toContain(part);
    expect(judges.qpdfFaults(path)).toBe('');
  });
});

describe('citing a ground', () => {
  it('reads both ways of naming an article and leaves alone what is none', () => {
    const ru = readFrame(resources, 'ru');
    const kk = readFrame(resources, 'kk');
    expect(citeGround('151', 'ГПК', ru)).toBe('статья 151 ГПК');
    expect(citeGround('138.2.17', 'АППК', ru)).toBe('подпункт 17) части 2 статьи 138 АППК');
    expect(citeGround('АППК 138(2)(17)', 'АПК', kk)).toBe('ӘРПК-нің 138-бабы екінші бөлігінің 17) тармақшасы');
    expect(citeGround('', 'ГПК', ru)).toBeNull();
    expect(citeGround('signature-invalid', 'ГПК', ru)).toBe('signature-invalid');
  });
});
