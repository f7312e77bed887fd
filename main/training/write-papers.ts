import * as format from '../../shared/domain/kk-format.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import people from '../../resources/training/people.json' with { type: 'json' };
import type { Paper } from './draw-document.ts';
import type { Block, OtherParty, Story, StoryDocument } from './sample-story.ts';
import type { TrainingCitizen } from './training-kit.ts';

/** A story with its people, sums and days settled. Sums are tenge. */
export type Cast = {
  readonly story: Story;
  readonly applicant: TrainingCitizen;
  readonly others: readonly (OtherParty & { readonly side: string })[];
  readonly representative: TrainingCitizen | null;
  readonly amounts: Readonly<Record<string, number>>;
  readonly claimValue: number | null;
  readonly payment: { readonly amount: number; readonly date: string; readonly number: string } | null;
  /** The case it joins; null when it opens one or none is known. */
  readonly caseNumber: string | null;
  readonly signedAt: string;
};

export const KBK = '108126';
const DAY_MS = 86_400_000;

const WORDS = {
  kk: {
    iin: 'ЖСН',
    bin: 'БСН',
    address: 'Мекенжайы',
    phone: 'Телефоны',
    email: 'Электрондық поштасы',
    representative: 'Өкілі',
    claimValue: 'Талап қоюдың бағасы',
    tenge: 'теңге',
    case: 'Іс №',
    annexes: 'Қоса беріледі:',
    date: 'Күні',
    copy: 'Көшірмесі дұрыс.',
    signed: 'Электрондық цифрлық қолтаңбамен қол қойылды',
    receipt: 'ТӨЛЕМ ТҮБІРТЕГІ',
    payer: 'Төлеуші',
    sum: 'Төленген сома',
    paidOn: 'Төленген күні',
    receiptNumber: 'Төлем құжатының нөмірі',
    purpose: 'Төлем мақсаты',
    purposeText: 'Сотқа берілетін арыз үшін мемлекеттік баж',
    receiver: 'Алушы',
    receiverText: 'Оқу мемлекеттік кірістер басқармасы',
    kbk: 'Бюджеттік сыныптама коды (БСК)',
    court: people.court.addressedKk,
  },
  ru: {
    iin: 'ИИН',
    bin: 'БИН',
    address: 'Адрес',
    phone: 'Телефон',
    email: 'Электронная почта',
    representative: 'Представитель',
    claimValue: 'Цена иска',
    tenge: 'тенге',
    case: 'Дело №',
    annexes: 'Приложения:',
    date: 'Дата',
    copy: 'Копия верна.',
    signed: 'Подписано электронной цифровой подписью',
    receipt: 'КВИТАНЦИЯ ОБ ОПЛАТЕ',
    payer: 'Плательщик',
    sum: 'Уплаченная сумма',
    paidOn: 'Дата уплаты',
    receiptNumber: 'Номер платёжного документа',
    purpose: 'Назначение платежа',
    purposeText: 'Государственная пошлина за заявление, подаваемое в суд',
    receiver: 'Получатель',
    receiverText: 'Учебное управление государственных доходов',
    kbk: 'Код бюджетной классификации (КБК)',
    court: people.court.addressedRu,
  },
} as const satisfies Record<CourtLanguage, Record<string, string>>;

type Words = (typeof WORDS)[CourtLanguage];

/** The papers of a filing in the order of its story. */
export function writePaper(cast: Cast, document: StoryDocument): Paper {
  const { language } = cast.story;
  const words = WORDS[language];
  if (document.layout === 'receipt') return writeReceipt(cast, document.title, words);
  const fill = filler(cast, words);
  const signer = cast.representative && !('signer' in document) ? cast.representative : cast.applicant;
  const application = document.layout === 'application';
  return {
    language,
    title: document.title,
    head: application ? headOf(cast, words) : [],
    heading: document.heading,
    subheading: application ? document.subheading : null,
    body: document.body.map((block) => fillBlock(block, fill)),
    foot: [
      ...(application ? annexes(cast.story, words) : []),
      `${words.date}: ${format.date(cast.signedAt)}`,
      `${document.role === 'evidence' ? `${words.copy} ` : ''}${signer.name}. ${words.signed}.`,
    ],
  };
}

function headOf(cast: Cast, words: Words): string[][] {
  const { story, applicant, representative, others, claimValue, caseNumber } = cast;
  const contacts = (person: TrainingCitizen) => [
    identifier(person, words),
    `${words.address}: ${person.address}`,
    `${words.phone}: ${person.phone}`,
    `${words.email}: ${person.email}`,
  ];
  return [
    [words.court],
    ...(caseNumber ? [[`${words.case} ${caseNumber}`]] : []),
    [`${story.labels.applicant}: ${nameOf(applicant)}`, ...contacts(applicant)],
    ...(representative ? [[`${words.representative}: ${representative.name}`, ...contacts(representative)]] : []),
    ...others.map((other) => [`${story.labels.other}: ${other.name}`, identifier(other, words), `${words.address}: ${other.address}`]),
    ...(claimValue === null ? [] : [[`${words.claimValue}: ${sum(claimValue)} ${words.tenge}`]]),
  ];
}

function annexes(story: Story, words: Words): string[] {
  const titles = story.documents.slice(1).map(({ title }, i) => `${i + 1}. ${title}`);
  return titles.length > 0 ? [words.annexes, ...titles, ' '] : [];
}

function writeReceipt(cast: Cast, title: string, words: Words): Paper {
  if (!cast.payment) throw new Error(`a receipt without a payment: ${cast.story.id}`);
  const { amount, date, number } = cast.payment;
  const rows: [string, string][] = [
    [words.payer, nameOf(cast.applicant)],
    [cast.applicant.bin ? words.bin : words.iin, cast.applicant.bin ?? cast.applicant.iin],
    [words.sum, `${sum(amount)} ${words.tenge}`],
    [words.paidOn, format.date(`${date}T00:00:00Z`)],
    [words.receiptNumber, number],
    [words.purpose, words.purposeText],
    [words.receiver, words.receiverText],
    [words.kbk, KBK],
  ];
  return { language: cast.story.language, title, head: [], heading: words.receipt, subheading: null, body: [{ table: rows }], foot: [] };
}

/** Fills the braces of a story's texts and keeps sums on one line. A brace that nothing fills is a mistake in the story. */
function filler(cast: Cast, words: Words): (text: string) => string {
  const { story, applicant, representative } = cast;
  const instant = (days: number) => new Date(Date.parse(cast.signedAt) + days * DAY_MS).toISOString();
  const values: Record<string, string | undefined> = {
    ...Object.fromEntries(Object.entries(cast.amounts).map(([name, amount]) => [name, sum(amount)])),
    ...Object.fromEntries(Object.entries(story.days).map(([name, days]) => [name, format.dateLong(story.language, instant(days))])),
    applicant: nameOf(applicant),
    applicantId: applicant.bin ?? applicant.iin,
    other: cast.others[0]?.name,
    representative: representative?.name,
    representativeId: representative?.iin,
    claimValue: cast.claimValue === null ? undefined : sum(cast.claimValue),
    duty: cast.payment ? sum(cast.payment.amount) : undefined,
  };
  return (text) =>
    text.replaceAll(`} ${words.tenge}`, `}\u00a0${words.tenge}`).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`nothing fills {${name}} in the story ${story.id}`);
      return value;
    });
}

function fillBlock(block: Block, fill: (text: string) => string): Block {
  if (typeof block === 'string') return fill(block);
  if ('heading' in block) return { heading: fill(block.heading) };
  if ('list' in block) return { list: block.list.map(fill) };
  return { table: block.table.map(([name, value]) => [fill(name), fill(value)]) };
}

const nameOf = (person: TrainingCitizen) => person.organisation ?? person.name;
const sum = (tenge: number) => format.number(tenge, Number.isInteger(tenge) ? 0 : 2);

function identifier(person: { iin?: string | null | undefined; bin?: string | null | undefined }, words: Words): string {
  return person.bin ? `${words.bin}: ${person.bin}` : `${words.iin}: ${person.iin}`;
}
