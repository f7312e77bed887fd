import type { QueueCounts, QueueQuestion, QueueRow } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { allHeldElsewhere } from '../sync/index.ts';
import { countViews } from './list-queue.ts';
import { queueQuery, type QueueQuery } from './queue-query.ts';
import { presenceByFiling, rowsAt, toQueueRow, type StoredRow } from './queue-row.ts';

export type ListedRow = { readonly row: QueueRow; /** It has left the list since. */ readonly gone: boolean };
export type OpenedList = {
  /** Names the list to this process, until some others have been opened. */
  readonly list: number;
  /** Null while it is not known: the list is long and not looked through yet. */
  readonly total: number | null;
  /** The first of them. */
  readonly rows: readonly QueueRow[];
  readonly counts: QueueCounts;
  readonly asOf: string;
};
export type ListNews = {
  readonly total: number;
  /** Filings that belong into the list and are not in it. */
  readonly arrived: number;
  readonly gone: number;
  readonly counts: QueueCounts;
  readonly asOf: string;
};

export type QueueLists = {
  open(question: QueueQuestion, user: string | null): OpenedList;
  /** Rows of a list by place, as they are now; null for an unknown list. Fewer where the list ends. */
  rows(list: number, from: number, count: number): readonly ListedRow[] | null;
  /** What has changed since the list was opened; null for an unknown list. */
  news(list: number): ListNews | null;
  /** The ids of all rows of a list, in order; null for an unknown list. */
  ids(list: number): readonly string[] | null;
  /** Where a filing stands in a list, -1 for nowhere. */
  placeOf(list: number, id: string): number;
};

const FIRST_ROWS = 60;
const KEPT_LISTS = 6;
const ALL = Number.MAX_SAFE_INTEGER;
type KeptList = {
  readonly question: QueueQuestion;
  readonly user: string | null;
  readonly openedAt: string;
  /** How many its view held then. */
  readonly viewed: number;
  /** Of a long list only as far as somebody has looked. */
  numbers: readonly number[];
  complete: boolean;
};
/** Lists of everything that was ever registered are read as far as somebody looks. */
const isLong = ({ view }: QueueQuestion): boolean => view === 'registered' || view === 'all';
const READ_AHEAD = 4000;
/** More than any desk holds, and still a whole number when it is doubled. */
const MOST_FILINGS = 1e9;

/**
 * Lists that stand still while somebody looks at them: the places of their filings are those of the moment at which they were opened, and only
 * the rows that are shown are read. `clock` is the moment that terms are looked at.
 */
export function createQueueLists(parts: {
  readonly read: Reading;
  readonly reference: Reference;
  readonly clock: () => string;
}): QueueLists {
  const { read, reference, clock } = parts;
  const lists = new Map<number, KeptList>();
  let last = 0;

  const toRows = (stored: readonly StoredRow[], now: string): QueueRow[] => {
    const held = presenceByFiling(allHeldElsewhere(read, now));
    return stored.map((r) => toQueueRow(r, reference, now, held.get(r.id)));
  };
  const readUpTo = (list: KeptList, end: number): readonly number[] => {
    if (list.complete || list.numbers.length >= end) return list.numbers;
    const most = Math.max(READ_AHEAD, 2 * end);
    const known = new Set(list.numbers);
    const fresh = numbersNow(read, queueQuery(list.question, list.openedAt, list.user), most);
    list.complete = fresh.length < most;
    return (list.numbers = [...list.numbers, ...fresh.filter((n) => !known.has(n))]);
  };
  const whole = (list: KeptList) => readUpTo(list, MOST_FILINGS);

  return {
    open(question, user) {
      const now = clock();
      const query = queueQuery(question, now, user);
      const counts = countViews(read, now, user);
      const most = isLong(question) ? FIRST_ROWS : ALL;
      const numbers = numbersNow(read, query, most);
      const complete = numbers.length < most;
      const first = rowsAt(read, numbers.slice(0, FIRST_ROWS)).filter((row) => row !== null);
      lists.set(++last, { question, user, openedAt: now, viewed: counts[question.view], numbers, complete });
      for (const id of lists.keys()) if (id <= last - KEPT_LISTS) lists.delete(id);
      const total = complete ? numbers.length : query.plain ? counts[question.view] : null;
      return { list: last, total, rows: toRows(first, now), counts, asOf: now };
    },

    rows(id, from, count) {
      const list = lists.get(id);
      if (!list) return null;
      const now = clock();
      const stored = rowsAt(read, readUpTo(list, from + count).slice(from, from + count)).filter((row) => row !== null);
      const here = stillIn(read, list, now, stored);
      return toRows(stored, now).map((row) => ({ row, gone: !here.has(row.id) }));
    },

    news(id) {
      const list = lists.get(id);
      if (!list) return null;
      const now = clock();
      const counts = countViews(read, now, list.user);
      const plain = queueQuery(list.question, now, list.user).plain;
      if (isLong(list.question) && plain) {
        const arrived = Math.max(0, counts[list.question.view] - list.viewed);
        return { total: list.viewed, arrived, gone: 0, counts, asOf: now };
      }
      const before = whole(list);
      const fresh = numbersNow(read, queueQuery(list.question, now, list.user), ALL);
      const known = new Set(before);
      const arrived = fresh.reduce((sum, n) => sum + (known.has(n) ? 0 : 1), 0);
      const gone = before.length - (fresh.length - arrived);
      return { total: before.length, arrived, gone, counts, asOf: now };
    },

    ids(id) {
      const list = lists.get(id);
      if (!list) return null;
      const numbers = whole(list);
      const pairs = read.all<{ n: number; id: string }>(
        'SELECT rowid AS n, id FROM filing WHERE rowid IN (SELECT value FROM json_each(?))',
        JSON.stringify(numbers),
      );
      const byNumber = new Map(pairs.map((pair) => [pair.n, pair.id]));
      return numbers.flatMap((n) => byNumber.get(n) ?? []);
    },

    placeOf(id, filingId) {
      const list = lists.get(id);
      const n = list && read.get<{ n: number }>('SELECT rowid AS n FROM filing WHERE id = ?', filingId)?.n;
      return n === undefined ? -1 : list!.numbers.indexOf(n);
    },
  };
}

/** In order; one text is many times faster than as many rows. */
function numbersNow(read: Reading, { source, where, order, params }: QueueQuery, most: number): number[] {
  const answer = read.get<{ numbers: string }>(
    `SELECT json_group_array(n) AS numbers FROM (SELECT filing.rowid AS n FROM ${source} WHERE ${where} ORDER BY ${order} LIMIT @most)`,
    { ...params, most },
  )!;
  return JSON.parse(answer.numbers) as number[];
}

function stillIn(read: Reading, { question, user }: KeptList, now: string, rows: readonly StoredRow[]): ReadonlySet<string> {
  const { where, params } = queueQuery(question, now, user);
  const found = read.all<{ id: string }>(
    `SELECT id FROM filing WHERE filing.rowid IN (SELECT value FROM json_each(@numbers)) AND ${where}`,
    { ...params, numbers: JSON.stringify(rows.map((row) => row.n)) },
  );
  return new Set(found.map(({ id }) => id));
}
