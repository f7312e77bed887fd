import type { CallCard } from '../../shared/contract/index.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { DECIDED_STATE, DECISIONS, rulingOf } from '../../shared/domain/decision.ts';
import type { FilingState } from '../../shared/domain/filing-status.ts';
import { date } from '../../shared/domain/kk-format.ts';
import type { Reading } from '../store/index.ts';
import { readQuery } from '../../shared/domain/search-query.ts';

const MOST_CARDS = 10;
type Row = {
  id: string;
  cabinet_number: string | null;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  state: FilingState;
  received_at: string;
  registered_at: string | null;
  due_at: string | null;
  told: number;
};

/**
 * What may be told on the telephone about the filings of a number, IIN or BIN, the latest first. Only a whole number finds something; of a decision
 * nothing is said before its ruling was sent to the parties.
 */
export function callCards(read: Reading, typed: string): CallCard[] {
  const { number, identifier } = readQuery(typed);
  if (number === null) return [];
  const found = new Map<string, Row>();
  for (const row of withNumber(read, number)) found.set(row.id, row);
  if (identifier !== null) for (const row of ofPerson(read, identifier)) found.set(row.id, row);
  return [...found.values()].slice(0, MOST_CARDS).map(toCard);
}

/** A summons or another act that was sent tells nothing of the decision. */
const RULING_OF_STATE = DECISIONS.map((decision) => `WHEN '${DECIDED_STATE[decision]}' THEN '${rulingOf(decision)}'`).join(' ');
const COLUMNS = `f.id, f.cabinet_number, f.incoming_number, f.case_number, f.joins_case, f.state, f.received_at, f.registered_at, f.due_at,
  EXISTS (SELECT 1 FROM issued_act a WHERE a.filing_id = f.id AND a.dispatched = 1 AND a.kind = CASE f.state ${RULING_OF_STATE} END) AS told`;

function withNumber(read: Reading, number: string): Row[] {
  return read
    .all<Row & { numbers: string }>(
      `SELECT ${COLUMNS}, w.numbers FROM number_fts JOIN filing_words w ON w.n = number_fts.rowid JOIN filing f ON f.id = w.filing_id
       WHERE number_fts MATCH ? ORDER BY f.received_at DESC LIMIT 200`,
      `"${number}"`,
    )
    .filter(({ numbers }) => numbers.split(' ').includes(number));
}

function ofPerson(read: Reading, identifier: string): Row[] {
  return read.all<Row>(
    `SELECT ${COLUMNS} FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id
     WHERE filing_fts MATCH ? ORDER BY filing_fts.rowid DESC LIMIT ${MOST_CARDS}`,
    `"${identifier}"`,
  );
}

function toCard(row: Row): CallCard {
  const decided = !['received', 'checking', 'registered', 'with-judge'].includes(row.state);
  const state = decided && row.told === 0 && row.state !== 'fulfilled' ? 'with-judge' : row.state;
  // a term ends at 24:00: the instant itself belongs to the next day
  const lastDay = row.due_at === null ? null : courtDayOf(new Date(Date.parse(row.due_at) - 1).toISOString());
  const isOpen = ['received', 'checking', 'registered', 'with-judge'].includes(state);
  const by = isOpen ? lastDay : null;
  const words = {
    received: date(row.received_at),
    registered: row.registered_at === null ? '' : date(row.registered_at),
    number: row.incoming_number ?? '',
  };
  const [kk, ru] = STATUS[state](words);
  const [nextKk, nextRu] = NEXT[state](by === null ? null : by.split('-').reverse().join('.'));
  const numbers = [row.cabinet_number, row.incoming_number, row.case_number ?? row.joins_case].filter((number) => number !== null);
  return { filingId: row.id, numbers, status: { kk, ru }, next: { kk: nextKk, ru: nextRu }, by };
}

type Words = { readonly received: string; readonly registered: string; readonly number: string };
type Sentence = readonly [kk: string, ru: string];

const WAITS = ({ received }: Words): Sentence => [
  `Құжат сотқа ${received} күні түсті және тіркеуді күтіп тұр.`,
  `Документ поступил в суд ${received} и ожидает регистрации.`,
];
const STATUS: Readonly<Record<FilingState, (words: Words) => Sentence>> = {
  received: WAITS,
  checking: WAITS,
  registered: ({ registered, number }) => [
    `Құжат ${registered} күні тіркелді, кіріс нөмірі: ${number}.`,
    `Документ зарегистрирован ${registered}, входящий номер: ${number}.`,
  ],
  'with-judge': ({ registered, number }) => [
    `Құжат ${registered} күні тіркелді, кіріс нөмірі: ${number}, судьяның қарауында.`,
    `Документ зарегистрирован ${registered}, входящий номер: ${number}, находится на рассмотрении судьи.`,
  ],
  accepted: ({ number }) => [
    `Кіріс нөмірі ${number} құжатты судья іс жүргізуге қабылдады.`,
    `Документ с входящим номером ${number} принят судьёй к производству.`,
  ],
  returned: ({ number }) => [
    `Кіріс нөмірі ${number} құжатты судья қайтарды, ұйғарым жіберілді.`,
    `Документ с входящим номером ${number} возвращён судьёй, определение направлено.`,
  ],
  refused: ({ number }) => [
    `Кіріс нөмірі ${number} құжатты қабылдаудан судья бас тартты, ұйғарым жіберілді.`,
    `В принятии документа с входящим номером ${number} судья отказал, определение направлено.`,
  ],
  transferred: ({ number }) => [
    `Кіріс нөмірі ${number} құжат соттылығы бойынша басқа сотқа берілді, ұйғарым жіберілді.`,
    `Документ с входящим номером ${number} передан по подсудности в другой суд, определение направлено.`,
  ],
  fulfilled: ({ number }) => [
    `Кіріс нөмірі ${number} сұрау орындалды, жауабы Сот кабинетінде.`,
    `Запрос с входящим номером ${number} исполнен, ответ в Судебном кабинете.`,
  ],
};

const DECIDES = (by: string | null): Sentence =>
  by === null
    ? ['Судьяның шешімі туралы хабарлама Сот кабинетіне келеді.', 'Уведомление о решении судьи придёт в Судебный кабинет.']
    : [
        `Судья шешімін ${by} дейін қабылдайды, хабарлама Сот кабинетіне келеді.`,
        `Судья примет решение до ${by} включительно, уведомление придёт в Судебный кабинет.`,
      ];
const SEE_RULING = (): Sentence => [
  'Себептері мен шағымдану тәртібі ұйғарымда жазылған, ол Сот кабинетінде.',
  'Причины и порядок обжалования указаны в определении, оно в Судебном кабинете.',
];
const REGISTERED_NEXT = (by: string | null): Sentence => {
  const [kk, ru] = DECIDES(by);
  return [`Алдымен құжат тіркеледі. ${kk}`, `Сначала документ будет зарегистрирован. ${ru}`];
};
const NEXT: Readonly<Record<FilingState, (by: string | null) => Sentence>> = {
  received: REGISTERED_NEXT,
  checking: REGISTERED_NEXT,
  registered: DECIDES,
  'with-judge': DECIDES,
  accepted: () => ['Отырыстың күні туралы хабарлама Сот кабинетіне келеді.', 'Уведомление о дне заседания придёт в Судебный кабинет.'],
  returned: SEE_RULING,
  refused: SEE_RULING,
  transferred: SEE_RULING,
  fulfilled: () => ['Басқа ешнәрсе істеудің қажеті жоқ.', 'Больше ничего делать не нужно.'],
};
