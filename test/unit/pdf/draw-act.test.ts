import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { actTextOf, drawAct, signPdf, type ActContent } from '../../../main/pdf/index.ts';
import { fillTemplate, readActTemplate } from '../../../main/pdf/act-template.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { pdfJudges } from './pdf-judges.ts';
import { throwawayPki } from './throwaway-pki.ts';

const pki = throwawayPki();
const judges = pdfJudges(pki);
const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const reference = loadReference(resources);
const AT = '2026-11-21T06:10:00Z';

const VALUES: ActContent['values'] = {
  judge: 'Серікова Гүлнар Қайратқызы',
  title: null,
  claimant: 'Ғалымжанов Әділет Қуанышұлы',
  claimantInFull: 'Ғалымжанов Әділет Қуанышұлы, ЖСН 900340000058, Алматы қаласы, Абай даңғылы, 10',
  respondent: '«Өркен» жауапкершілігі шектеулі серіктестігі',
  respondentInFull: '«Өркен» жауапкершілігі шектеулі серіктестігі, БСН 990140000385, Алматы қаласы, Төле би көшесі, 7',
  thirdParties: null,
  claimSubject: 'Қарыз шарты бойынша берешекті өндіріп алу',
  claimValue: '1\u00a0500\u00a0000\u00a0₸',
  duty: '7\u00a0500\u00a0₸',
  filingKind: 'Талап қою (талап арыз)',
  receivedDate: '2026 жылғы 20 қараша',
  date: '2026 жылғы 21 қараша',
  incomingNumber: '9900-26-000017',
  caseNumber: '9900-26-00-2/17',
  state: 'with-judge',
  hearingDate: '2026 жылғы 3 желтоқсан',
  hearingDay: '3 желтоқсан',
  hearingTime: '10:30',
  hearingPlace: 'Алматы қаласы, Қабанбай батыр көшесі, 5, № 12 зал',
  hearingLink: null,
  prepDays: '20',
  responseDays: '10',
  objectionDays: '10',
};

const contentOf = (change: Partial<ActContent> = {}, values: Record<string, string | null> = {}): ActContent => ({
  ...{ kind: 'ruling-prep', variant: 'civil', language: 'kk', courtName: 'Алматы қаласы Бостандық аудандық соты' },
  ...{ caseNumber: '9900-26-00-2/17', incomingNumber: '9900-26-000017', date: AT, judge: 'Серікова Гүлнар Қайратқызы' },
  ...{ training: false, actId: '0192f3a1-7c4e-7b11-9a53-2f0d5f1c8e77' },
  ...change,
  values: { ...VALUES, ...values },
});
let count = 0;
async function drawn(content: ActContent, from = resources) {
  const file = judges.save(`${content.kind}-${content.variant}-${content.language}-${++count}.pdf`, await drawAct(content, from));
  const text = judges.pdftotext(file).replace(/[\s\u00a0]+/g, ' ');
  return { file, text, pages: Number(/Pages:\s+(\d+)/.exec(judges.pdfinfo(file))![1]) };
}

/** Every text of every kind that the office data has. */
const TEXTS = reference
  .actKinds(AT)
  .flatMap(({ id, offers }) => offers.flatMap(({ text }) => (['kk', 'ru'] as const).map((language) => [id, text, language] as const)));
const SAYS: Readonly<Record<string, Readonly<Record<'kk' | 'ru', readonly string[]>>>> = {
  'ruling-prep': { kk: ['ҰЙҒАРЫМ', 'ҰЙҒАРДЫ:', '10:30', '№ 12 зал'], ru: ['ОПРЕДЕЛЕНИЕ', 'ОПРЕДЕЛИЛ:', '10:30', '№ 12 зал'] },
  'court-order': {
    kk: ['СОТ БҰЙРЫҒЫ', 'Өндіріп алушы: Ғалымжанов', 'Борышкер: «Өркен»', '1 500 000 ₸', '7 500 ₸', '10 жұмыс күні', '990140000385'],
    ru: ['СУДЕБНЫЙ ПРИКАЗ', 'Взыскатель: Ғалымжанов', 'Должник: «Өркен»', '1 500 000 ₸', '7 500 ₸', '10 рабочих дней', '990140000385'],
  },
  certificate: { kk: ['АНЫҚТАМА', 'судьяның қарауында', '9900-26-000017'], ru: ['СПРАВКА', 'на рассмотрении судьи', '9900-26-000017'] },
  'free-act': { kk: ['ЖЕКЕШЕ ҰЙҒАРЫМ'], ru: ['ЖЕКЕШЕ ҰЙҒАРЫМ'] },
};

describe('an act of the office data', () => {
  it.each(TEXTS)('%s (%s) in %s is one tagged page with court, number, judge and what the case says', async (kind, variant, language) => {
    const title = kind === 'free-act' ? 'Жекеше ұйғарым' : null;
    const { text, pages, file } = await drawn(contentOf({ kind, variant, language, training: true }, { title }));
    expect(pages).toBe(1);
    expect(judges.qpdfFaults(file)).toBe('');
    const always = ['Алматы қаласы Бостандық аудандық соты', 'Серікова Гүлнар Қайратқызы', '9900-26-00-2/17', 'ОҚУ РЕЖИМІ'];
    for (const part of [...always, ...(SAYS[kind]?.[language] ?? [])]) expect(text).toContain(part);
    expect(text).not.toMatch(/[{}]|undefined|null/);
    expect(judges.pdfinfo(file)).toMatch(/Tagged:\s+yes/);
  });

  it('says nothing of a hearing that was not set', async () => {
    const none = { hearingDate: null, hearingDay: null, hearingTime: null, hearingPlace: null };
    const { text } = await drawn(contentOf({}, none));
    expect(text).toContain('істі сот талқылауына дайындау туралы');
    expect(text).not.toMatch(/отырыс|______/);
  });

  it('leaves a gap to be written by hand where the case does not say what is needed', async () => {
    const { text } = await drawn(contentOf({ kind: 'court-order', variant: 'civil' }, { claimValue: null, duty: null }));
    expect(text).toContain('пайдасына ______ өндіріп алынсын');
    expect(text).not.toContain('баж');
  });

  it('is drawn from what a person wrote, under the heading of its kind', async () => {
    const content = contentOf({ kind: 'court-order', variant: 'civil' });
    const blocks = actTextOf(content, resources).blocks.map((block) =>
      block.type === 'operative' ? { ...block, items: ['Бір ғана шешім.'] } : block,
    );
    const { text } = await drawn({ ...content, text: { version: 1, blocks } });
    expect(text).toContain('БҰЙЫРДЫ: Бір ғана шешім.');
    expect(text).not.toContain('7 500');
  });

  it('can be signed, and pdfsig calls the signature valid over the whole document', async () => {
    const content = contentOf({ kind: 'court-order', variant: 'civil', language: 'ru' });
    const signed = await signPdf({
      ...{ pdf: await drawAct(content, resources), signer: pki.signer('Серікова Гүлнар', 'rsa'), signedAt: AT },
      ...{ name: content.judge, reason: null, location: null },
    });
    if (!signed.ok) throw new Error(signed.error.code);
    const file = judges.save('signed-order.pdf', signed.value);
    for (const part of ['Signature is Valid.', 'Certificate is Trusted.', 'Total document signed'])
      expect(judges.pdfsig(file)).toContain(part);
    expect(judges.qpdfFaults(file)).toBe('');
  });
});

describe('a kind that a court adds to the data', () => {
  it('is offered and drawn without a change of the program', async () => {
    const own = tempDir();
    cpSync(resources, own, { recursive: true });
    const kindsFile = path.join(own, 'reference', 'act-kinds.json');
    const data = JSON.parse(readFileSync(kindsFile, 'utf8')) as { versions: { kinds: unknown[] }[] };
    const names = { nameKk: 'Іс бойынша іс жүргізуді тоқтата тұру туралы ұйғарым', nameRu: 'О приостановлении', nameEn: 'Stay' };
    const offer = {
      filings: ['claim'],
      states: ['accepted'],
      text: 'civil',
      fulfils: false,
      values: {},
      terms: [{ id: 'gpk.private_complaint', from: 'signing' }],
    };
    data.versions[0]!.kinds.push({ id: 'ruling-stay', ...names, titled: false, operative: 'needed', offers: [offer] });
    writeFileSync(kindsFile, JSON.stringify(data));
    const text = {
      ...{ title: 'ҰЙҒАРЫМ', subject: ['іс жүргізуді тоқтата тұру туралы'], head: [{ label: 'Судья', text: '{judge}' }] },
      ...{ blocks: [{ type: 'operative', items: ['Іс жүргізу тоқтатыла тұрсын.'] }], operativeTitle: 'ҰЙҒАРДЫ:', closing: null },
    };
    const edition = { validFrom: '2026-01-01', source: 'ГПК 272', texts: { civil: { kk: text, ru: text } } };
    writeFileSync(
      path.join(own, 'templates', 'ruling-stay.json'),
      JSON.stringify({ id: 'ruling-stay', version: '1', versions: [edition] }),
    );

    expect(
      loadReference(own)
        .actKinds(AT)
        .map(({ id }) => id),
    ).toContain('ruling-stay');
    const { text: said } = await drawn(contentOf({ kind: 'ruling-stay' }), own);
    expect(said).toContain('ҰЙҒАРДЫ: Іс жүргізу тоқтатыла тұрсын.');
  });

  it('is refused where its template asks for what no act has', () => {
    const template = readActTemplate(resources, 'certificate', 'general', 'kk', AT);
    expect(() => fillTemplate({ ...template, title: '{shoeSize}' }, VALUES)).toThrow('shoeSize');
  });
});
