import { fold, otherLayout } from '../../shared/domain/kk-format.ts';
import { SEARCH_GROUP, type Found, type FoundCase, type FoundDocument, type FoundFiling } from '../../shared/contract/index.ts';
import type { Reading } from '../store/index.ts';
import { asBeginnings, readQuery, type SearchQuery } from '../../shared/domain/search-query.ts';

/** How many hits of a number are put in order before the best are shown. */
const CANDIDATES = 300;
/** The pages are indexed by words from so many letters on; a shorter one would go through the whole index. */
const SHORTEST_WORD = 3;
const EXCERPT = 90;

type Row = {
  id: string;
  cabinet_number: string | null;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  kind: string;
  state: FoundFiling['state'];
  claimant: string;
  respondent: string | null;
  received_at: string;
};
const COLUMNS =
  'f.id, f.cabinet_number, f.incoming_number, f.case_number, f.joins_case, f.kind, f.state, f.claimant, f.respondent, f.received_at';

/**
 * Filings, cases and documents of this desk that a person may mean, the best of each first. `judgeId`: only what lies before this judge. Nothing is
 * asked of the registry.
 */
export function findEverything(read: Reading, typed: string, judgeId: string | null): Found {
  const query = readQuery(typed);
  const rows = filings(read, query, judgeId);
  const found = {
    filings: rows.slice(0, SEARCH_GROUP).map(toFiling),
    cases: cases(read, query, rows, judgeId),
    documents: documents(read, query, judgeId),
    identifier: query.identifier !== null,
  };
  const isEmpty = found.filings.length + found.cases.length + found.documents.length === 0;
  return { ...found, suggestion: isEmpty ? suggestion(read, typed, judgeId) : null };
}

/** The same keys in the other layout, when they find something. */
function suggestion(read: Reading, typed: string, judgeId: string | null): string | null {
  const other = otherLayout(typed.trim());
  if (other === typed.trim().toLowerCase()) return null;
  const query = readQuery(other);
  return filings(read, query, judgeId).length + documents(read, query, judgeId).length > 0 ? other : null;
}

function filings(read: Reading, query: SearchQuery, judgeId: string | null): Row[] {
  const byNumber = query.number === null ? [] : numbered(read, query.number, judgeId);
  if (byNumber.length >= SEARCH_GROUP || query.words.length === 0) return byNumber.slice(0, SEARCH_GROUP);
  const known = new Set(byNumber.map(({ id }) => id));
  const byName = read.all<Row>(
    `SELECT ${COLUMNS} FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id
     WHERE filing_fts MATCH @words AND (@judge IS NULL OR f.judge_id = @judge) ORDER BY filing_fts.rowid DESC LIMIT ${SEARCH_GROUP}`,
    { words: asBeginnings(query.words), judge: judgeId },
  );
  return [...byNumber, ...byName.filter(({ id }) => !known.has(id))].slice(0, SEARCH_GROUP);
}

/** A number that is the whole of one, then one that ends so, then one that has it somewhere; of like ones the latest. */
function numbered(read: Reading, number: string, judgeId: string | null): Row[] {
  const rows = read.all<Row & { numbers: string }>(
    `SELECT ${COLUMNS}, w.numbers FROM number_fts JOIN filing_words w ON w.n = number_fts.rowid JOIN filing f ON f.id = w.filing_id
     WHERE number_fts MATCH @number AND (@judge IS NULL OR f.judge_id = @judge) ORDER BY number_fts.rowid DESC LIMIT ${CANDIDATES}`,
    { number: `"${number}"`, judge: judgeId },
  );
  const rank = ({ numbers }: { numbers: string }) => {
    const each = numbers.split(' ');
    return each.includes(number) ? 0 : each.some((one) => one.endsWith(number)) ? 1 : 2;
  };
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

function toFiling(row: Row): FoundFiling {
  return {
    id: row.id,
    cabinetNumber: row.cabinet_number ?? '',
    incomingNumber: row.incoming_number,
    caseNumber: row.case_number ?? row.joins_case,
    kind: row.kind,
    state: row.state,
    claimant: row.claimant,
    respondent: row.respondent,
    receivedAt: row.received_at,
  };
}

/** The cases of the filings that were found, and those that no filing here opened. */
function cases(read: Reading, query: SearchQuery, rows: readonly Row[], judgeId: string | null): FoundCase[] {
  const found = new Map<string, FoundCase>();
  const put = (number: string, filingId: string | null) => {
    if (found.size < SEARCH_GROUP && !found.has(number)) found.set(number, { number, filingId });
  };
  for (const row of rows) {
    const number = row.case_number ?? row.joins_case;
    if (number !== null && (query.number === null || bare(number).includes(query.number))) put(number, row.id);
  }
  if (query.number === null || judgeId !== null || found.size >= SEARCH_GROUP) return [...found.values()];
  const known = read.all<{ number: string; opened_by: string | null }>(
    `SELECT number, opened_by FROM court_case WHERE opened_by IS NULL
       AND instr(replace(replace(replace(replace(number, '-', ''), '/', ''), '(', ''), ')', ''), ?) > 0 ORDER BY number DESC LIMIT ${SEARCH_GROUP}`,
    query.number,
  );
  for (const { number, opened_by } of known) put(number, opened_by);
  return [...found.values()];
}
const bare = (number: string) => fold(number).replace(/[-/()]/g, '');

type Page = {
  filing_id: string;
  document_id: string;
  title: string;
  page: number;
  text: string;
  cabinet_number: string | null;
  incoming_number: string | null;
};

function documents(read: Reading, { words, number }: SearchQuery, judgeId: string | null): FoundDocument[] {
  const long = words.filter((word) => word.length >= SHORTEST_WORD);
  if (number !== null || long.length === 0) return [];
  const pages = read.all<Page>(
    `SELECT d.filing_id, d.id AS document_id, d.title, p.page, t.text, f.cabinet_number, f.incoming_number
     FROM page_fts JOIN document_page p ON p.n = page_fts.rowid JOIN document_text t ON t.document_id = p.document_id AND t.page = p.page
       JOIN document d ON d.id = p.document_id JOIN filing f ON f.id = d.filing_id
     WHERE page_fts MATCH @words AND (@judge IS NULL OR f.judge_id = @judge) ORDER BY page_fts.rowid DESC LIMIT ${SEARCH_GROUP}`,
    { words: asBeginnings(long), judge: judgeId },
  );
  return pages.map((page) => ({
    filingId: page.filing_id,
    documentId: page.document_id,
    title: page.title,
    page: page.page,
    number: page.incoming_number ?? page.cabinet_number ?? '',
    excerpt: excerptOf(page.text, long),
  }));
}

/** What stands around the first of the words. */
function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const folded = fold(line);
  const at = Math.max(0, Math.min(...words.map((word) => folded.indexOf(word)).filter((place) => place >= 0), line.length) - EXCERPT / 3);
  const from = at === 0 ? 0 : line.indexOf(' ', at) + 1;
  return `${from > 0 ? '… ' : ''}${line.slice(from, from + EXCERPT)}${from + EXCERPT < line.length ? ' …' : ''}`;
}
