import type { JournalLine } from '../../../shared/contract/index.ts';
import type { useFormat } from '../../i18n/use-format.ts';
import type { Texts } from '../../i18n/use-texts.ts';

/** One thing that was noted with an entry; without a value it is said by its name alone. */
export type Detail = { readonly name: string; readonly value: string | null };

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DIGEST = /^[0-9a-f]{40,}$/;
/** Where the texts of a code lie, by what it is noted as. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  role: ['role'],
  state: ['status', 'sig'],
  severity: ['anomaly.severity'],
  check: ['check'],
  verdict: ['sig.short'],
  from: ['sig.short'],
  fact: ['fact.field'],
  fields: ['correction.field'],
  about: ['administration.changes.of'],
  problem: ['print.problem'],
};

/** What was noted with an entry, in words: names for ids, texts for codes, times of the court. `short`: digests by their beginning. */
export function sayDetails(
  { details, names }: Pick<JournalLine, 'details' | 'names'>,
  { named, has }: Texts,
  { date, dateTime }: Pick<ReturnType<typeof useFormat>, 'date' | 'dateTime'>,
  { short = false }: { readonly short?: boolean } = {},
): Detail[] {
  const wordsOf = (key: string, code: string): string | null => {
    const family = WORDS[key]?.find((prefix) => has(`${prefix}.${code}`));
    if (family !== undefined) return named(family, code);
    return has(`error.${code}.title`) ? named('error', `${code}.title`) : null;
  };
  const say = (key: string, value: string): string => {
    if (names[value] !== undefined) return names[value];
    if (INSTANT.test(value)) return dateTime(value);
    if (DAY.test(value)) return date(`${value}T12:00:00.000Z`);
    if (short && DIGEST.test(value)) return `${value.slice(0, 12)}…`;
    return value.split(' ').every((code) => wordsOf(key, code) !== null)
      ? value
          .split(' ')
          .map((code) => wordsOf(key, code)!)
          .join(', ')
      : value;
  };
  /** From whom and to whom is another word than from when and to what. */
  const nameOf = (key: string, value: string | number): string => {
    const way = key === 'from' || key === 'to';
    if (way && names[value] !== undefined) return named('journalDetail', `${key}Whom`);
    return named('journalDetail', key === 'from' && wordsOf(key, String(value)) !== null ? 'before' : key);
  };
  return Object.entries(details)
    .filter(([, value]) => value !== '')
    .map(([key, value]) =>
      key === 'elsewhere'
        ? { name: named('history', 'elsewhere'), value: null }
        : { name: nameOf(key, value), value: typeof value === 'string' ? say(key, value) : String(value) },
    );
}

export const inLine = ({ name, value }: Detail): string => (value === null ? name : `${name}: ${value}`);
