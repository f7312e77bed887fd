import { courtDayOf, endOfCourtDay } from '../../shared/domain/court-day.ts';
import { asBeginnings, readQuery, type SearchQuery } from '../../shared/domain/search-query.ts';
import { OPEN_WORD } from '../store/index.ts';
import type { QueueFilter, QueueQuestion, QueueSort, QueueView } from '../../shared/contract/index.ts';
import { dayParams, dayTerms, sinceDay, untilDay } from './day-terms.ts';

export const OPEN = "state IN ('received','checking')";
/** Not put off until later. `@now` is bound with every question. */
const AT_HAND = '(postponed_until IS NULL OR postponed_until <= @now)';
/** Drafts that a judge sent back, of the filings that this person has or has registered. */
const SENT_BACK = `id IN (SELECT a.filing_id FROM act a JOIN filing s ON s.id = a.filing_id
  WHERE a.sent_back_at IS NOT NULL AND (s.assignee = @user OR (s.assignee IS NULL AND s.registered_by = @user)))`;

/** `@now` and `@endOfToday` are the instants that the views look at, `@user` is who asks. */
export const VIEW_WHERE: Readonly<Record<QueueView, string>> = {
  mine: `${OPEN} AND assignee = @user AND ${AT_HAND}`,
  unassigned: `${OPEN} AND assignee IS NULL`,
  open: OPEN,
  overdue: `${OPEN} AND due_at <= @now`,
  'due-today': `${OPEN} AND due_at > @now AND due_at <= @endOfToday`,
  'signature-problem': `${OPEN} AND signature IN ('invalid','absent','check-signer','undecided')`,
  waiting: `(${OPEN} AND assignee = @user AND postponed_until <= @now OR ${SENT_BACK})`,
  'returned-again': `earlier_id IS NOT NULL AND ${OPEN}`,
  registered: 'registered_at IS NOT NULL',
  'sent-back': "registered_at IS NOT NULL AND (state IN ('returned','refused','transferred') OR (flagged = 1 AND state = 'with-judge'))",
  all: '1',
};

const BY_DUE = 'due_at IS NULL, due_at, received_at, id';
const SIGNATURE_RANK =
  "CASE signature WHEN 'invalid' THEN 0 WHEN 'absent' THEN 1 WHEN 'check-signer' THEN 2 WHEN 'undecided' THEN 3 WHEN 'not-checked' THEN 4 ELSE 5 END";
/** What stands first in an order; ties are broken by receipt and id, so that an order is the same each time. */
const SORT_BY: Readonly<Record<QueueSort['column'], readonly string[]>> = {
  due: ['due_at IS NULL', 'due_at'],
  received: ['received_at'],
  number: ['cabinet_number'],
  kind: ['kind'],
  claimant: ['claimant_key'],
  respondent: ['respondent_key'],
  documents: ['documents'],
  signature: [SIGNATURE_RANK],
  assignee: ['(SELECT name FROM app_user WHERE app_user.id = filing.assignee)'],
  state: ['state'],
  registered: ['registered_at'],
  incoming: ['incoming_number'],
  case: ['case_number'],
};

const OPEN_VIEWS: readonly QueueView[] = ['mine', 'unassigned', 'open', 'overdue', 'due-today', 'signature-problem'];
const OPEN_INDEX: Partial<Record<QueueSort['column'], string>> = { claimant: 'filing_open_claimant', respondent: 'filing_open_respondent' };
const DONE_INDEX: Readonly<Partial<Record<QueueSort['column'], string>>> = {
  kind: 'filing_done_kind',
  state: 'filing_done_state',
  incoming: 'filing_done_incoming',
  case: 'filing_done_case',
  claimant: 'filing_done_claimant',
  respondent: 'filing_done_respondent',
};

export type QueueQuery = {
  /** Follows FROM. */
  readonly source: string;
  readonly where: string;
  readonly order: string;
  readonly params: Readonly<Record<string, string | null>>;
  /** Only a view narrows it, so that its count is that of the view. */
  readonly plain: boolean;
};

export const instantsOf = (now: string, user: string | null) => ({ now, user, endOfToday: endOfCourtDay(courtDayOf(now)) });

/** A question about the queue as SQL that the indexes of migration 170 answer. */
export function queueQuery({ view, filter = {}, sort, search = '' }: QueueQuestion, now: string, user: string | null): QueueQuery {
  const isOpen = OPEN_VIEWS.includes(view) || view === 'returned-again';
  const query = readQuery(search);
  const narrowing = [...filterTerms(filter), ...searchTerms(query, search)];
  const params = { ...instantsOf(now, user), ...filterParams(filter), ...searchParams(query, isOpen) };
  return {
    source: `filing ${indexFor(view, sort?.column, narrowing.length > 0, filter)}`,
    where: [`(${VIEW_WHERE[view]})`, ...narrowing].join(' AND '),
    order: orderOf(view, sort),
    params,
    plain: narrowing.length === 0,
  };
}

function indexFor(view: QueueView, column: QueueSort['column'] | undefined, narrowed: boolean, { kind }: QueueFilter): string {
  if (OPEN_VIEWS.includes(view)) return `INDEXED BY ${(column && OPEN_INDEX[column]) ?? 'filing_open'}`;
  if (view === 'returned-again') return 'INDEXED BY filing_by_earlier';
  if (view === 'sent-back') return 'INDEXED BY filing_done_sent_back';
  if (view !== 'registered') return '';
  if (kind !== undefined && (column === undefined || column === 'registered')) return 'INDEXED BY filing_done_kind';
  return `INDEXED BY ${(!narrowed && column && DONE_INDEX[column]) || 'filing_done'}`;
}

function orderOf(view: QueueView, sort: QueueSort | undefined): string {
  const isDone = view === 'registered' || view === 'sent-back';
  if (sort === undefined) return isDone ? 'registered_at DESC, id DESC' : BY_DUE;
  const direction = sort.descending ? ' DESC' : '';
  const ties = isDone ? (sort.column === 'incoming' ? ['id'] : ['registered_at', 'id']) : ['received_at', 'id'];
  return [...new Set([...SORT_BY[sort.column], ...ties])].map((term) => `${term}${direction}`).join(', ');
}

const TERM: Readonly<Record<NonNullable<QueueFilter['term']>, string>> = {
  overdue: 'due_at <= @now',
  today: 'due_at > @now AND due_at <= @endOfToday',
  later: 'due_at > @endOfToday',
  none: 'due_at IS NULL',
};

/** Members of a filter that are compared with the column of their name. */
const SAME = ['kind', 'state', 'verdict', 'language', 'channel', 'category', 'assignee'] as const;

function filterTerms(filter: QueueFilter): string[] {
  const { term, registeredBy, registeredOn } = filter;
  const equal: string[] = SAME.filter((name) => filter[name] !== undefined).map((name) =>
    filter[name] === null ? `${name} IS NULL` : `${name} = @${name}`,
  );
  if (term !== undefined) equal.push(`(${TERM[term]})`);
  if (registeredBy !== undefined) equal.push(registeredBy === null ? 'registered_by IS NULL' : 'registered_by = @registeredBy');
  if (registeredOn !== undefined) equal.push('registered_at >= @dayBegins AND registered_at < @dayEnds');
  return [...equal, ...dayTerms(filter)];
}

const filterParams = (filter: QueueFilter): Record<string, string | null> => ({
  ...Object.fromEntries(([...SAME, 'registeredBy'] as const).flatMap((name) => (filter[name] === undefined ? [] : [[name, filter[name]]]))),
  ...dayParams(filter),
  ...(filter.registeredOn !== undefined && {
    dayBegins: sinceDay(filter.registeredOn),
    dayEnds: untilDay(filter.registeredOn),
  }),
});

const BY_WORDS = 'SELECT w.filing_id FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid WHERE filing_fts MATCH @words';
const BY_NUMBER = 'SELECT w.filing_id FROM number_fts JOIN filing_words w ON w.n = number_fts.rowid WHERE number_fts MATCH @number';

function searchTerms({ words, number }: SearchQuery, search: string): string[] {
  if (words.length === 0) return search.trim() === '' ? [] : ['0'];
  return [number === null ? `id IN (${BY_WORDS})` : `(id IN (${BY_WORDS}) OR id IN (${BY_NUMBER}))`];
}

/** `open`: of filings that are not registered alone. */
function searchParams({ words, number }: SearchQuery, open: boolean): Record<string, string | null> {
  if (words.length === 0) return {};
  const beginnings = asBeginnings(words);
  return { words: open ? `${beginnings} AND ${OPEN_WORD}` : beginnings, number: number === null ? null : `"${number}"` };
}
