import type { ComparedFact } from '../../../shared/contract/index.ts';
import { fold } from '../../../shared/domain/kk-format.ts';

/** What is looked for. */
export type AskedFact = Pick<ComparedFact, 'field' | 'who' | 'value'>;
export type PageOfText = { readonly documentId: string; readonly page: number; readonly text: string };

const MOST_PLACES = 5;
/** A shorter word of a name stands in too many places. */
const LEAST_WORD = 4;

/** A number as it is written: groups of digits, with a comma or a point before the tiyn. */
const NUMBER = /\d(?:[\s'’]?\d)*(?:[.,]\d{1,2}(?!\d))?/gu;

/** Each fact with where it stands in the pages: identifiers and sums as numbers, names with every mark around them. */
export function compareTexts(asked: readonly AskedFact[], pages: readonly PageOfText[]): ComparedFact[] {
  const facts = asked.map((fact): ComparedFact => ({ ...fact, found: 'none', places: [] }));
  for (const { documentId, page, text } of pages) {
    const numbers = numbersOn(text);
    const folded = foldText(text);
    for (const fact of facts) {
      const hit = fact.field === 'name' ? nameOn(folded, text, fact.value) : numberOn(numbers, fact);
      if (!hit || (hit.found === 'part' && fact.found === 'whole')) continue;
      if (hit.found === 'whole' && fact.found === 'part') fact.places = [];
      fact.found = hit.found;
      if (fact.places.length < MOST_PLACES) fact.places.push({ documentId, page, text: hit.text });
    }
  }
  return facts;
}

type Hit = { readonly found: 'whole' | 'part'; readonly text: string };

/** Digits alone, and whole tenge with tiyn where there are any, each to how it stands on the page. */
function numbersOn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [written] of text.matchAll(NUMBER)) found.set(amountOf(written), written);
  return found;
}

/** `1 234 567,50` → `1234567.5`; `007` stays, since an identifier may begin with zeros. */
function amountOf(written: string): string {
  const [whole = '', part = ''] = written.replace(/[\s'’]/gu, '').split(/[.,]/);
  const tiyn = part.replace(/0+$/, '');
  return tiyn === '' ? whole : `${whole}.${tiyn}`;
}

function numberOn(numbers: ReadonlyMap<string, string>, { value }: Pick<ComparedFact, 'value'>): Hit | null {
  const text = numbers.get(amountOf(value));
  return text === undefined ? null : { found: 'whole', text };
}

/** A text has few characters, each of them often; a text made to have all there are fills no memory. */
const foldedCharacters = new Map<string, string>();
const MOST_FOLDED = 5_000;
/** One character in, one out, so that places hold; the marks around a name do not count. */
function foldCharacter(c: string): string {
  const known = foldedCharacters.get(c);
  if (known !== undefined) return known;
  const whole = fold(c);
  const one = whole.length === c.length ? whole : c;
  if (foldedCharacters.size < MOST_FOLDED) foldedCharacters.set(c, one);
  return one;
}
const foldText = (text: string): string => Array.from(text.replace(/\s/gu, ' '), foldCharacter).join('');
const bare = (name: string): string =>
  foldText(name.replace(/[«»"„“”]/gu, ' '))
    .replace(/ +/g, ' ')
    .trim();

function nameOn(folded: string, text: string, name: string): Hit | null {
  const words = bare(name).split(' ');
  const whole = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[ «»"„“”]+'), 'u').exec(folded);
  if (whole) return { found: 'whole', text: text.slice(whole.index, whole.index + whole[0].length) };
  const [main] = words.filter((word) => word.length >= LEAST_WORD);
  const at = main === undefined ? -1 : folded.indexOf(main);
  return at < 0 ? null : { found: 'part', text: text.slice(at, at + main!.length) };
}
