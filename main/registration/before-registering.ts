import type { BeforeRegistering, CaseChoice, LateDuplicate } from '../../shared/contract/index.ts';
import { asBeginnings, readQuery } from '../../shared/domain/search-query.ts';
import { filingMessageSchema, type FilingMessage } from '../../shared/registry/index.ts';
import { readDocuments, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import { OPEN_WORD, type Reading } from '../store/index.ts';
import { namesOfEach, sidesOf, type Sides } from './alike-filings.ts';

const MOST_CASES = 8;
/** Nothing is left to decide on these, and nothing stands in the way of filing anew. */
const ENDED = `('returned','refused','transferred','fulfilled')`;

/** Cases that a filing may belong to, and filings that were registered already and look like it. `search`: number or name of a party. */
export function lookBeforeRegistering(read: Reading, reference: Reference, filing: FilingRecord, search: string): BeforeRegistering {
  return { cases: casesFor(read, filing, search), duplicates: lateDuplicates(read, reference, filing) };
}

type CaseRow = {
  number: string;
  filing_id: string | null;
  kind: string | null;
  claimant: string | null;
  respondent: string | null;
  registered_at: string | null;
  state: CaseChoice['state'];
  message: string | null;
};
const CASE_COLUMNS = 'c.number, f.id AS filing_id, f.kind, f.claimant, f.respondent, f.registered_at, f.state, f.message';
/** Of a word index of the filings, whose rows are told by their number; the latest first. */
const foundBy = (index: 'filing_fts' | 'number_fts') =>
  `SELECT ${CASE_COLUMNS} FROM ${index} JOIN filing_words w ON w.n = ${index}.rowid JOIN filing f ON f.id = w.filing_id
     JOIN court_case c ON c.number = f.case_number WHERE ${index} MATCH ?`;
const bare = (number: string) => `replace(replace(replace(replace(${number}, '-', ''), '/', ''), '(', ''), ')', '')`;

function casesFor(read: Reading, filing: FilingRecord, search: string): CaseChoice[] {
  if (search.trim() !== '') return searched(read, search).map((row) => toChoice(row, 'found'));
  const named = filing.message.case?.trim() ?? '';
  const known =
    named === ''
      ? undefined
      : read.get<CaseRow>(
          `SELECT ${CASE_COLUMNS} FROM court_case c LEFT JOIN filing f ON f.case_number = c.number WHERE c.number = ?`,
          named,
        );
  const between = openBetween(read, filing).filter(({ number }) => number !== known?.number);
  return [...(known ? [toChoice(known, 'named')] : []), ...between.map((row) => toChoice(row, 'same-parties'))].slice(0, MOST_CASES);
}

/** By number first, also cases that no filing here opened, then by the words of the filing that opened it. */
function searched(read: Reading, search: string): CaseRow[] {
  const { words, number } = readQuery(search);
  const found = new Map<string, CaseRow>();
  const put = (rows: readonly CaseRow[]) => {
    for (const row of rows) if (found.size < MOST_CASES) found.set(row.number, row);
  };
  if (number !== null) {
    put(
      read.all<CaseRow>(
        `${foundBy('number_fts')} AND instr(${bare('c.number')}, ?) > 0 ORDER BY number_fts.rowid DESC LIMIT ${MOST_CASES}`,
        ...[`"${number}"`, number],
      ),
    );
    put(
      read.all<CaseRow>(
        `SELECT ${CASE_COLUMNS} FROM court_case c LEFT JOIN filing f ON f.case_number = c.number
         WHERE c.opened_by IS NULL AND instr(${bare('c.number')}, ?) > 0 ORDER BY c.number DESC LIMIT ${MOST_CASES}`,
        number,
      ),
    );
  }
  if (words.length > 0)
    put(read.all<CaseRow>(`${foundBy('filing_fts')} ORDER BY filing_fts.rowid DESC LIMIT ${MOST_CASES}`, asBeginnings(words)));
  return [...found.values()];
}

/** Open cases in which somebody of each side of this filing stands against somebody of the other, whichever side each is on now. */
function openBetween(read: Reading, filing: FilingRecord): CaseRow[] {
  const sides = sidesOf(filing.message);
  const names = namesOfEach(sides);
  if (names === null || sides.some((people) => people.length === 0)) return [];
  const rows = read.all<CaseRow>(
    `${foundBy('filing_fts')} AND f.id <> ? AND f.state NOT IN ${ENDED} ORDER BY filing_fts.rowid DESC LIMIT 200`,
    ...[names, filing.id],
  );
  return rows.filter(({ message }) => message !== null && areSame(sides, sidesOf(filingMessageSchema.parse(JSON.parse(message)))));
}

const toChoice = (
  { number, filing_id, kind, claimant, respondent, registered_at, state }: CaseRow,
  why: CaseChoice['why'],
): CaseChoice => ({
  ...{ number, filingId: filing_id, kind, claimant, respondent, registeredAt: registered_at, state, why },
});

function areSame([a, b]: Sides, [c, d]: Sides): boolean {
  const meet = (x: readonly string[], y: readonly string[]) => x.some((who) => y.includes(who));
  return (meet(a, c) && meet(b, d)) || (meet(a, d) && meet(b, c));
}

type DuplicateRow = {
  id: string;
  cabinet_number: string | null;
  incoming_number: string | null;
  case_number: string | null;
  registered_at: string;
  state: LateDuplicate['state'];
  message: string;
};
const DUPLICATE_COLUMNS =
  'f.id, f.cabinet_number, f.incoming_number, coalesce(f.case_number, f.joins_case) AS case_number, f.registered_at, f.state, f.message';

/**
 * Filings with the very bytes of this one's own text, and those that opened a case of the same kind between the same people that is not ended.
 * What it mends was sent back by the court, and has ended.
 */
export function lateDuplicates(read: Reading, reference: Reference, filing: FilingRecord): LateDuplicate[] {
  const documents = readDocuments(read, filing.id);
  const main = documents.find(({ role }) => role === filing.kind) ?? documents[0];
  const bytes = main
    ? read.all<DuplicateRow>(
        `SELECT ${DUPLICATE_COLUMNS} FROM filing f JOIN document d ON d.filing_id = f.id WHERE d.sha256 = ? AND d.signs IS NULL AND f.id <> ? AND f.registered_at IS NOT NULL
           AND f.state NOT IN ${ENDED} ORDER BY f.registered_at DESC LIMIT 5`,
        ...[main.sha256, filing.id],
      )
    : [];
  const opens = reference.kindRule(filing.kind)?.registering === 'opens-case';
  const sides = sidesOf(filing.message);
  const names = namesOfEach(sides);
  const parties =
    opens && sides[0].length > 0 && names !== null
      ? read
          .all<DuplicateRow>(
            `SELECT ${DUPLICATE_COLUMNS} FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id
             WHERE filing_fts MATCH ? AND f.kind = ? AND f.id <> ? AND f.registered_at IS NOT NULL AND f.state NOT IN ${ENDED}
               ORDER BY filing_fts.rowid DESC LIMIT 200`,
            ...[`(${names}) NOT "${OPEN_WORD}"`, filing.kind, filing.id],
          )
          .filter(({ id, message }) => !bytes.some((same) => same.id === id) && isBetweenSame(filing.message, message))
      : [];
  return [...bytes.map((row) => toDuplicate(row, 'same-bytes')), ...parties.slice(0, 5).map((row) => toDuplicate(row, 'same-parties'))];
}

function isBetweenSame(message: FilingMessage, other: string): boolean {
  const [claimants, respondents] = sidesOf(message);
  const [others, opponents] = sidesOf(filingMessageSchema.parse(JSON.parse(other)));
  const same = (a: readonly string[], b: readonly string[]) => (a.length === 0 ? b.length === 0 : a.some((who) => b.includes(who)));
  return same(claimants, others) && same(respondents, opponents);
}

const toDuplicate = (row: DuplicateRow, why: LateDuplicate['why']): LateDuplicate => ({
  ...{ filingId: row.id, cabinetNumber: row.cabinet_number ?? '', incomingNumber: row.incoming_number, caseNumber: row.case_number },
  ...{ registeredAt: row.registered_at, state: row.state, why },
});
