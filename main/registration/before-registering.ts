import type { BeforeRegistering, CaseChoice, LateDuplicate } from '../../shared/contract/index.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import { filingMessageSchema, type FilingMessage, type Party } from '../../shared/registry/index.ts';
import { readDocuments, sideOf, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';

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
const CASES = `SELECT c.number, f.id AS filing_id, f.kind, f.claimant, f.respondent, f.registered_at, f.state, f.message
  FROM court_case c LEFT JOIN filing f ON f.case_number = c.number`;

function casesFor(read: Reading, filing: FilingRecord, search: string): CaseChoice[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    const match = words.map(() => `(instr(c.number, ?) > 0 OR instr(f.search_text, ?) > 0)`).join(' AND ');
    const rows = read.all<CaseRow>(
      `${CASES} WHERE ${match} ORDER BY f.registered_at DESC, c.number LIMIT ${MOST_CASES}`,
      ...words.flatMap((w) => [w, w]),
    );
    return rows.map((row) => toChoice(row, 'found'));
  }
  const named = filing.message.case?.trim() ?? '';
  const known = named === '' ? undefined : read.get<CaseRow>(`${CASES} WHERE c.number = ?`, named);
  const between = openBetween(read, filing).filter(({ number }) => number !== known?.number);
  return [...(known ? [toChoice(known, 'named')] : []), ...between.map((row) => toChoice(row, 'same-parties'))].slice(0, MOST_CASES);
}

/** Open cases in which somebody of each side of this filing stands against somebody of the other, whichever side each is on now. */
function openBetween(read: Reading, filing: FilingRecord): CaseRow[] {
  const [one, other] = sidesOf(filing.message);
  const [first] = one;
  if (!first || other.length === 0) return [];
  const rows = read.all<CaseRow>(
    `${CASES} WHERE f.id <> ? AND f.state NOT IN ${ENDED} AND instr(f.search_text, ?) > 0 ORDER BY f.registered_at DESC LIMIT 200`,
    ...[filing.id, first],
  );
  return rows.filter(
    ({ message }) => message !== null && areSame(sidesOf(filing.message), sidesOf(filingMessageSchema.parse(JSON.parse(message)))),
  );
}

const toChoice = (
  { number, filing_id, kind, claimant, respondent, registered_at, state }: CaseRow,
  why: CaseChoice['why'],
): CaseChoice => ({
  ...{ number, filingId: filing_id, kind, claimant, respondent, registeredAt: registered_at, state, why },
});

/** By number where there is one, else by name as the search of the store has it. */
const whoIs = ({ iin, bin, name }: Party): string => fold(iin ?? bin ?? name);

function sidesOf(message: FilingMessage): [string[], string[]] {
  const claimants = message.parties.filter((party) => sideOf(party) === 'claimant').map(whoIs);
  return [claimants, message.parties.filter((party) => sideOf(party) === 'respondent').map(whoIs)];
}
function areSame([a, b]: [string[], string[]], [c, d]: [string[], string[]]): boolean {
  const meet = (x: string[], y: string[]) => x.some((who) => y.includes(who));
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
const REGISTERED = `SELECT f.id, f.cabinet_number, f.incoming_number, coalesce(f.case_number, f.joins_case) AS case_number, f.registered_at, f.state, f.message
  FROM filing f`;

/**
 * Filings with the very bytes of this one's own text, and those that opened a case of the same kind between the same people that is not ended.
 * The one that it mends is none of them.
 */
export function lateDuplicates(read: Reading, reference: Reference, filing: FilingRecord): LateDuplicate[] {
  const documents = readDocuments(read, filing.id);
  const main = documents.find(({ role }) => role === filing.kind) ?? documents[0];
  const bytes = main
    ? read.all<DuplicateRow>(
        `${REGISTERED} JOIN document d ON d.filing_id = f.id WHERE d.sha256 = ? AND d.signs IS NULL AND f.id <> ? AND f.registered_at IS NOT NULL
           AND f.state NOT IN ${ENDED} ORDER BY f.registered_at DESC LIMIT 5`,
        ...[main.sha256, filing.id],
      )
    : [];
  const opens = reference.kindRule(filing.kind)?.registering === 'opens-case';
  const [first] = sidesOf(filing.message)[0];
  const parties =
    opens && first
      ? read
          .all<DuplicateRow>(
            `${REGISTERED} WHERE f.kind = ? AND f.id <> ? AND f.registered_at IS NOT NULL AND f.state NOT IN ${ENDED} AND instr(f.search_text, ?) > 0
               ORDER BY f.registered_at DESC LIMIT 200`,
            ...[filing.kind, filing.id, first],
          )
          .filter(({ id, message }) => !bytes.some((same) => same.id === id) && isBetweenSame(filing.message, message))
      : [];
  const found = [
    ...bytes.map((row) => toDuplicate(row, 'same-bytes')),
    ...parties.slice(0, 5).map((row) => toDuplicate(row, 'same-parties')),
  ];
  return found.filter(({ filingId }) => filingId !== filing.earlierId);
}

function isBetweenSame(message: FilingMessage, other: string): boolean {
  const [claimants, respondents] = sidesOf(message);
  const [others, opponents] = sidesOf(filingMessageSchema.parse(JSON.parse(other)));
  const same = (a: string[], b: string[]) => (a.length === 0 ? b.length === 0 : a.some((who) => b.includes(who)));
  return same(claimants, others) && same(respondents, opponents);
}

const toDuplicate = (row: DuplicateRow, why: LateDuplicate['why']): LateDuplicate => ({
  ...{ filingId: row.id, cabinetNumber: row.cabinet_number ?? '', incomingNumber: row.incoming_number, caseNumber: row.case_number },
  ...{ registeredAt: row.registered_at, state: row.state, why },
});
