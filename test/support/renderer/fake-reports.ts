import type { FairnessPatterns, MadeReport, ReportName, ReportView } from '../../../shared/contract/index.ts';
import { NOW, instant, uuid } from './fake-data.ts';

type Language = 'kk' | 'ru';
type Names = Readonly<Record<Language, string>>;

export const FILLED_REPORTS: readonly ReportName[] = [
  { id: 'incoming', section: 'reports', kk: 'Түскен құжаттар журналы', ru: 'Журнал входящих документов', breakdowns: [] },
  { id: 'order', section: 'fairness', kk: 'Тіркеу кезегінен озу', ru: 'Очерёдность регистрации', breakdowns: [] },
  { id: 'returns', section: 'fairness', kk: 'Қайтару ұсыныстары мен ұйғарымдар', ru: 'Предложенные и вынесенные возвраты', breakdowns: [] },
];

type Column = readonly [field: string, title: Names, width: number, cell: Names | ((n: number) => string), number?: true];
const both = (text: string): Names => ({ kk: text, ru: text });
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  order: [
    ['since', { kk: 'Озған уақыты', ru: 'Обойдено с' }, 13, (n) => `${10 + n}.11.2026 11:40`],
    ['number', { kk: 'Нөмірі', ru: 'Номер' }, 16, (n) => `9900-26-00${1700 + n}`],
    ['reason', { kk: 'Себебі', ru: 'Причина' }, 18, { kk: 'себебі жазылмаған', ru: 'причина не записана' }],
    ['words', { kk: 'Жазылғаны', ru: 'Что записано' }, 20, both('—')],
    ['kind', { kk: 'Құжат түрі', ru: 'Вид документа' }, 22, { kk: 'Талап қою арызы', ru: 'Исковое заявление' }],
    ['receivedAt', { kk: 'Түскен уақыты', ru: 'Поступило' }, 13, (n) => `${10 + n}.11.2026 09:05`],
    ['registeredAt', { kk: 'Тіркелген уақыты', ru: 'Зарегистрировано' }, 13, (n) => `${11 + n}.11.2026 17:20`],
    ['firstNumber', { kk: 'Бұрын тіркелгені', ru: 'Раньше зарегистрировано' }, 16, (n) => `9900-26-00${1800 + n}`],
    ['firstBy', { kk: 'Оны тіркеген', ru: 'Кто зарегистрировал' }, 18, both('Әлиева Қарлығаш')],
    ['ahead', { kk: 'Озғандар саны', ru: 'Скольким уступило' }, 9, (n) => String(n + 1), true],
    ['minutes', { kk: 'Жұмыс минуты', ru: 'Рабочих минут' }, 9, (n) => String(40 + n * 65), true],
  ],
  returns: [
    ['proposedAt', { kk: 'Ұсынылған уақыты', ru: 'Предложено' }, 13, (n) => `${10 + n}.11.2026 12:10`],
    ['number', { kk: 'Нөмірі', ru: 'Номер' }, 16, (n) => `9900-26-00${1900 + n}`],
    ['kind', { kk: 'Құжат түрі', ru: 'Вид документа' }, 22, { kk: 'Талап қою арызы', ru: 'Исковое заявление' }],
    ['claimant', { kk: 'Арыз беруші', ru: 'Заявитель' }, 22, both('Өмірбекова Әлия Нұрланқызы')],
    ['proposed', { kk: 'Ұсынылғаны', ru: 'Предложение' }, 12, { kk: 'қайтару', ru: 'возврат' }],
    ['proposedBy', { kk: 'Кім ұсынды', ru: 'Кто предложил' }, 18, both('Әлиева Қарлығаш')],
    ['ruled', { kk: 'Судья шешімі', ru: 'Решение судьи' }, 12, { kk: 'қабылдау', ru: 'принятие' }],
    ['judge', { kk: 'Судья', ru: 'Судья' }, 18, both('Серіков Бауыржан')],
    ['ruledAt', { kk: 'Шешім уақыты', ru: 'Время решения' }, 13, (n) => `${11 + n}.11.2026 16:30`],
    ['agrees', { kk: 'Сәйкес', ru: 'Совпало' }, 8, { kk: 'жоқ', ru: 'нет' }],
  ],
};
const ROWS = 8;

/** A list of the fairness ledger with rows that lead to filings, in the language of the question. */
export function filledReport(id: string, language: Language): ReportView {
  const columns = COLUMNS[id] ?? COLUMNS['order']!;
  const named = (field: string) => columns.find(([each]) => each === field)!;
  const { kk, ru } = FILLED_REPORTS.find((report) => report.id === id)!;
  return {
    title: language === 'ru' ? ru : kk,
    asOf: instant(NOW),
    columns: columns.map(([field, title, width, , number]) => ({ field, title: title[language], width, number: number === true })),
    rows: Array.from({ length: ROWS }, (_, n) => columns.map(([, , , cell]) => (typeof cell === 'function' ? cell(n) : cell[language]))),
    filings: Array.from({ length: ROWS }, (_, n) => uuid(n)),
    total: ROWS,
    sums: id === 'order' ? [{ title: named('ahead')[1][language], sum: 36 }] : [],
    breakdowns: [{ title: named('kind')[1][language], counts: [{ name: (named('kind')[3] as Names)[language], count: ROWS }] }],
  };
}

export const foundPatterns = (language: Language): FairnessPatterns => ({
  asOf: instant(NOW),
  patterns: [
    {
      rule: 'out-of-turn',
      sentence:
        language === 'ru'
          ? 'Әлиева Қарлығаш зарегистрировала вне очереди без записанной причины 6 документов из 20.'
          : 'Әлиева Қарлығаш 20 құжаттың 6-ын себебін жазбай кезектен тыс тіркеген.',
      total: 6,
      filings: [1, 2, 3].map((n) => ({ id: uuid(n), number: `9900-26-00170${n}` })),
    },
  ],
});

export const MADE_REPORTS: readonly MadeReport[] = [
  {
    ...{ id: uuid(900), month: '2026-10', report: 'order', title: 'Тіркеу кезегінен озу', language: 'kk' },
    ...{ madeAt: instant(NOW), rows: 8 },
    pages: true,
    seen: false,
  },
  {
    ...{ id: uuid(901), month: '2026-09', report: 'order', title: 'Тіркеу кезегінен озу', language: 'kk' },
    ...{ madeAt: instant(NOW), rows: 3 },
    pages: true,
    seen: true,
  },
];
