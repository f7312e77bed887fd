import type { ComparedFact, Comparison } from '../../shared/contract/index.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Reading } from '../store/index.ts';

type Page = { document_id: string; page: number; text: string };

const MOST_PARTIES = 50;
const MOST_PLACES = 5;
/** A page of a large annex is not read further. */
const MOST_CHARACTERS = 5_000_000;
/** A shorter word of a name stands in too many places. */
const LEAST_WORD = 4;

/** A number as it is written: groups of digits, with a comma or a point before the tiyn. */
const NUMBER = /\d(?:[\s'’]?\d)*(?:[.,]\d{1,2}(?!\d))?/gu;

/** Looks for what the form says in the texts of the documents: identifiers, names, the sum. Nothing follows from it by itself. */
export function compareWithDocuments(read: Reading, filingId: string, message: FilingMessage): Comparison {
  const facts = factsOf(message).map((fact): ComparedFact => ({ ...fact, found: 'none', places: [] }));
  let left = MOST_CHARACTERS;
  for (const page of pagesOf(read, filingId)) {
    if ((left -= page.text.length) < 0) break;
    const numbers = numbersOn(page.text);
    const folded = foldText(page.text);
    for (const fact of facts) {
      const hit = fact.field === 'name' ? nameOn(folded, page.text, fact.value) : numberOn(numbers, fact);
      if (!hit || (hit.found === 'part' && fact.found === 'whole')) continue;
      if (hit.found === 'whole' && fact.found === 'part') fact.places = [];
      fact.found = hit.found;
      if (fact.places.length < MOST_PLACES) fact.places.push({ documentId: page.document_id, page: page.page, text: hit.text });
    }
  }
  const states = read.all<{ id: string; state: string | null; content: string }>(
    `SELECT d.id, s.state, d.state AS content FROM document d LEFT JOIN document_text_state s ON s.document_id = d.id
     WHERE d.filing_id = ? AND d.signs IS NULL ORDER BY d.position`,
    filingId,
  );
  const reading = states.filter(({ state, content }) => content === 'pending' || state === 'due' || state === 'reading').length;
  return { facts, reading, unread: states.filter(({ state }) => state === 'none' || state === 'failed').map(({ id }) => id) };
}

const pagesOf = (read: Reading, filingId: string): Page[] =>
  read.all<Page>(
    `SELECT t.document_id, t.page, t.text FROM document d JOIN document_text t ON t.document_id = d.id
     WHERE d.filing_id = ? AND d.signs IS NULL ORDER BY d.position, t.page`,
    filingId,
  );

function factsOf({ parties, representative, claimValue }: FilingMessage): Pick<ComparedFact, 'field' | 'who' | 'value'>[] {
  const people = [...parties.slice(0, MOST_PARTIES), ...(representative ? [representative] : [])];
  return [
    ...people.flatMap(({ name, iin, bin }) => [
      { field: 'name' as const, who: name, value: name },
      ...(iin ? [{ field: 'iin' as const, who: name, value: iin }] : []),
      ...(bin ? [{ field: 'bin' as const, who: name, value: bin }] : []),
    ]),
    ...(claimValue === null || claimValue === undefined ? [] : [{ field: 'claim-value' as const, who: null, value: String(claimValue) }]),
  ].filter(({ value }) => value.trim() !== '');
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
