import type { UiLanguage } from './language.ts';

/**
 * Dates, numbers, order and search of Kazakh, Russian and English text without the engine's locale data:
 * Chromium has none for Kazakh (months come out as `M11`, І sorts after И), and talons must read the same everywhere.
 * Instants are shown in UTC+5, the one zone of the republic since 1 March 2024.
 */
type Instant = Date | string | number;
type Words = {
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  readonly weekdays: readonly string[];
};

const NBSP = '\u00a0';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 5 * HOUR_MS;

const split = (words: string): readonly string[] => words.split(' ');
const WORDS: Readonly<Record<UiLanguage, Words>> = {
  kk: {
    months: split('қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'),
    monthsShort: split('қаң. ақп. нау. сәу. мам. мау. шіл. там. қыр. қаз. қар. жел.'),
    weekdays: split('жексенбі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі'),
  },
  ru: {
    months: split('января февраля марта апреля мая июня июля августа сентября октября ноября декабря'),
    monthsShort: split('янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.'),
    weekdays: split('воскресенье понедельник вторник среда четверг пятница суббота'),
  },
  en: {
    months: split('January February March April May June July August September October November December'),
    monthsShort: split('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'),
    weekdays: split('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
  },
};

const twoDigits = (n: number): string => String(n).padStart(2, '0');
const local = (instant: Instant): Date => new Date(new Date(instant).getTime() + OFFSET_MS);

/** `21.11.2026` */
export function date(instant: Instant): string {
  const d = local(instant);
  return `${twoDigits(d.getUTCDate())}.${twoDigits(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}`;
}

/** `09:31` */
export function time(instant: Instant): string {
  const d = local(instant);
  return `${twoDigits(d.getUTCHours())}:${twoDigits(d.getUTCMinutes())}`;
}

/** `21.11.2026, 09:31` */
export const dateTime = (instant: Instant): string => `${date(instant)}, ${time(instant)}`;

/** The form of talons, letters and acts: `2026 жылғы 21 қараша`, `21 ноября 2026 года`, `21 November 2026`. */
export function dateLong(language: UiLanguage, instant: Instant): string {
  const d = local(instant);
  const day = d.getUTCDate();
  const month = WORDS[language].months[d.getUTCMonth()] ?? '';
  const year = d.getUTCFullYear();
  if (language === 'kk') return `${year}${NBSP}жылғы ${day}${NBSP}${month}`;
  return language === 'ru' ? `${day}${NBSP}${month} ${year}${NBSP}года` : `${day}${NBSP}${month} ${year}`;
}

/** `21 қар.`, `21 нояб.`, `21 Nov` */
export function dateShort(language: UiLanguage, instant: Instant): string {
  const d = local(instant);
  return `${d.getUTCDate()}${NBSP}${WORDS[language].monthsShort[d.getUTCMonth()] ?? ''}`;
}

export const weekday = (language: UiLanguage, instant: Instant): string => WORDS[language].weekdays[local(instant).getUTCDay()] ?? '';

const groupThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, NBSP);

/** `1 234 567,50` with `fraction` digits after the comma. */
export function number(value: number, fraction = 0): string {
  const [whole, rest] = Math.abs(value).toFixed(fraction).split('.') as [string, string?];
  const text = groupThousands(whole) + (rest ? `,${rest}` : '');
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** Tiyn as tenge, exact at any size: `1 234 567,50 ₸`; whole tenge without a fraction. */
export function money(tiyn: number | bigint): string {
  const amount = BigInt(tiyn);
  const size = amount < 0n ? -amount : amount;
  const rest = size % 100n;
  return `${amount < 0n ? '−' : ''}${groupThousands(String(size / 100n))}${rest ? `,${twoDigits(Number(rest))}` : ''}${NBSP}₸`;
}

const SIZE_NAMES: Readonly<Record<UiLanguage, readonly [string, string, string, string]>> = {
  kk: ['ГБ', 'МБ', 'КБ', 'байт'],
  ru: ['ГБ', 'МБ', 'КБ', 'Б'],
  en: ['GB', 'MB', 'KB', 'bytes'],
};

/** `4,7 МБ`, `512 байт` */
export function size(language: UiLanguage, bytes: number): string {
  const names = SIZE_NAMES[language];
  const in1024 = (power: 1 | 2 | 3): string => number(bytes / 1024 ** power, 1).replace(/,0$/, '');
  if (bytes >= 1024 ** 3) return `${in1024(3)}${NBSP}${names[0]}`;
  if (bytes >= 1024 ** 2) return `${in1024(2)}${NBSP}${names[1]}`;
  return bytes >= 1024 ? `${in1024(1)}${NBSP}${names[2]}` : `${number(bytes)}${NBSP}${names[3]}`;
}

type Unit = 'minute' | 'hour' | 'day';
/** Kazakh: the plain word before «бұрын», the ablative before «кейін». */
const KK_UNITS: Readonly<Record<Unit, readonly [string, string]>> = {
  minute: ['минут', 'минуттан'],
  hour: ['сағат', 'сағаттан'],
  day: ['күн', 'күннен'],
};
/** Russian: after 1, after 2–4, after 5–20. */
const RU_UNITS: Readonly<Record<Unit, readonly [string, string, string]>> = {
  minute: ['минуту', 'минуты', 'минут'],
  hour: ['час', 'часа', 'часов'],
  day: ['день', 'дня', 'дней'],
};

function ruForm(n: number): 0 | 1 | 2 {
  const ones = n % 10;
  const tens = n % 100;
  if (ones === 1 && tens !== 11) return 0;
  return ones > 1 && ones < 5 && (tens < 12 || tens > 14) ? 1 : 2;
}

function countUnits(ms: number): readonly [number, Unit] {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 60) return [Math.max(1, minutes), 'minute'];
  const hours = Math.round(ms / HOUR_MS);
  return hours < 24 ? [hours, 'hour'] : [Math.round(ms / DAY_MS), 'day'];
}

/** A time from now in whole units: `3 күн бұрын`, `через 2 часа`, `5 minutes ago`. Negative is the past. */
export function relative(language: UiLanguage, ms: number): string {
  const [n, unit] = countUnits(Math.abs(ms));
  const past = ms < 0;
  if (language === 'kk') return past ? `${n}${NBSP}${KK_UNITS[unit][0]} бұрын` : `${n}${NBSP}${KK_UNITS[unit][1]} кейін`;
  if (language === 'ru') {
    const text = `${n}${NBSP}${RU_UNITS[unit][ruForm(n)]}`;
    return past ? `${text} назад` : `через ${text}`;
  }
  const text = `${n}${NBSP}${unit}${n === 1 ? '' : 's'}`;
  return past ? `${text} ago` : `in ${text}`;
}

const ALPHABET = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя';
const RANK = new Map(Array.from(ALPHABET, (letter, i) => [letter, String.fromCharCode(0x100 + i)]));

/** A key that sorts by code unit into the order of the Kazakh alphabet, digits first; store it in an indexed column. */
export function sortKey(text: string): string {
  const ranks = Array.from(
    text.normalize('NFC').toLowerCase(),
    (c) => RANK.get(c) ?? (/\p{L}/u.test(c) ? `\u00f0${c}` : /\d/.test(c) ? c : '\u0001'),
  );
  return `${ranks.join('')}\0${text}`;
}

/** Kazakh alphabetical order, for Array.sort. */
export function compare(a: string, b: string): number {
  const x = sortKey(a);
  const y = sortKey(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

const CYRILLIC_BASE: Readonly<Record<string, string>> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е' };
const LATIN_LOOKALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'и',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

/** The form names are searched in: Kazakh letters typed on a Russian layout and Latin look-alikes in Cyrillic words fall together. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/(\s+)/)
    .map((word) => (/[а-яёәғқңөұүһі]/.test(word) ? word.replace(/[abcehikmoptxy]/g, (c) => LATIN_LOOKALIKE[c] ?? c) : word))
    .map((word) => word.replace(/[әғқңөұүһіё]/g, (c) => CYRILLIC_BASE[c] ?? c))
    .join('');
}

const QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

/** The same keys pressed in the other layout: `fkbtdf` ↔ `алиева`. */
export function otherLayout(text: string): string {
  return Array.from(text.toLowerCase(), (c) => RUSSIAN[QWERTY.indexOf(c)] ?? QWERTY[RUSSIAN.indexOf(c)] ?? c).join('');
}

type KeyPress = { readonly code: string; readonly key: string; readonly shiftKey: boolean };
/** The letter on the physical key, so that shortcuts work in Kazakh, Russian and English layouts. */
export function shortcutKey(event: KeyPress): string {
  if (event.code.startsWith('Key')) return event.code.charAt(3).toLowerCase();
  return event.code === 'Slash' ? (event.shiftKey ? '?' : '/') : event.key;
}

type DigitPress = {
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};
/** The digit of the physical top-row key: the Windows Kazakh layout has letters there. */
export function digitOf(event: DigitPress): string | null {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  return plain && /^Digit\d$/.test(event.code) ? event.code.charAt(5) : null;
}
