import type { Reading } from '../store/index.ts';
import { boundsOf, type Bounds } from './period-bounds.ts';

/** What is asked of the journal; what is absent does not narrow. */
export type JournalFilter = {
  /** Instants, UTC ISO: from this one on, and before that one. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly actor?: string | undefined;
  /** The first part of an action (`filing`) or a whole one (`filing.registered`). */
  readonly action?: string | undefined;
  /** A filing by its id. */
  readonly subject?: string | undefined;
  /** A filing by one of its numbers: of the cabinet, the office or the case. */
  readonly number?: string | undefined;
  /** Words of what was noted with an entry, each by its beginning. */
  readonly text?: string | undefined;
};
/** A stretch of what is found. `upTo`: the newest entry that counts, so that pages stay where they are while work goes on. */
export type JournalPage = { readonly upTo?: number | undefined; readonly offset: number; readonly limit: number };

export type JournalEntryLine = {
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  /** The filing it is about, by the number that the office knows it by. */
  readonly subject: { readonly id: string; readonly number: string | null } | null;
  readonly details: Readonly<Record<string, string | number>>;
  /** Its contents were wiped when their term was over. */
  readonly wiped: boolean;
};
/** `names`: of the ids in its details, who or which filing is meant. */
export type JournalLine = JournalEntryLine & { readonly names: Readonly<Record<string, string>> };
export type JournalFound = {
  readonly lines: readonly JournalLine[];
  /** How many are found from `upTo` back to `next`; all that there are when that is null. */
  readonly total: number;
  readonly upTo: number;
  /** From where older ones are to be looked for: the `upTo` of the next question; null when there are none. */
  readonly next: number | null;
};

/** One question counts no further: what is older is the next question. */
export const JOURNAL_WINDOW = 10_000;
/** Entries that have a word, of which one question looks at the rest. */
const WORDS_LOOKED_AT = 20_000;

export type JournalRow = {
  seq: number;
  at: string;
  actor: string | null;
  name: string | null;
  action: string;
  subject: string | null;
  number: string | null;
  details: string;
  wiped: number;
};
type Candidates = { readonly sql: string; readonly params: Record<string, string | number>; readonly next: number | null };

/** Entries newest first, in the order of the chain: the order in which they were made, whatever the clock said. */
export function readJournal(read: Reading, filter: JournalFilter, page: JournalPage): JournalFound {
  const upTo = page.upTo ?? read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const bounds = boundsOf(read, upTo, filter);
  const found = bounds && candidatesOf(read, filter, bounds);
  if (!found) return { lines: [], total: 0, upTo, next: null };
  const { n, last } = read.get<{ n: number; last: number | null }>(
    `SELECT count(*) AS n, min(seq) AS last FROM (${found.sql} ORDER BY seq DESC LIMIT ${JOURNAL_WINDOW + 1})`,
    found.params,
  )!;
  const total = Math.min(n, JOURNAL_WINDOW);
  const lines = read
    .all<JournalRow>(
      `SELECT j.seq, j.at, j.actor, u.name, j.action, j.subject, coalesce(f.case_number, f.incoming_number, f.cabinet_number) AS number, j.details,
         j.wiped_by IS NOT NULL AS wiped
       FROM (${found.sql} ORDER BY seq DESC LIMIT @limit OFFSET @offset) p JOIN journal j ON j.seq = p.seq
       LEFT JOIN app_user u ON u.id = j.actor LEFT JOIN filing f ON f.id = j.subject ORDER BY j.seq DESC`,
      { ...found.params, limit: Math.max(0, Math.min(page.limit, total - page.offset)), offset: page.offset },
    )
    .map(toLine);
  return { lines: withNames(read, lines), total, upTo, next: n > JOURNAL_WINDOW ? last : found.next };
}

/** A query for the places of the entries that are found; what is rarest leads. */
function candidatesOf(read: Reading, filter: JournalFilter, bounds: Bounds): Candidates | null {
  const { from, until, actor, subject, number, text } = filter;
  const own = { ...definedOf({ from, until, actor }), first: bounds.first, last: bounds.last };
  const inPeriod = [
    'seq BETWEEN @first AND @last',
    ...(from === undefined ? [] : ['at >= @from']),
    ...(until === undefined ? [] : ['at < @until']),
  ].join(' AND ');
  const actions = filter.action === undefined ? null : actionsOf(read, filter.action);
  const named = Object.fromEntries((actions ?? []).map((action, n) => [`action${n}`, action]));
  const rest = [
    inPeriod,
    ...(actor === undefined ? [] : ['+actor = @actor']),
    ...(actions === null ? [] : [`+action IN (${actions.map((_, n) => `@action${n}`).join(', ')})`]),
  ].join(' AND ');

  const subjects = [...(subject === undefined ? [] : [subject]), ...(number === undefined ? [] : filingsOf(read, number))];
  const aboutFilings = subject !== undefined || number !== undefined;
  if (aboutFilings && subjects.length === 0) return null;
  const about = 'subject IN (SELECT value FROM json_each(@subjects))';
  const params = { ...own, ...named, ...(aboutFilings ? { subjects: JSON.stringify(subjects) } : {}) };

  if (text !== undefined) {
    const match = wordsOf(text);
    if (match === null) return null;
    const had = { ...params, match };
    const words =
      'SELECT rowid AS seq FROM journal_fts WHERE journal_fts MATCH @match AND rowid BETWEEN @first AND @last ORDER BY rowid DESC';
    const seen = read.get<{ n: number; last: number | null }>(
      `SELECT count(*) AS n, min(seq) AS last FROM (${words} LIMIT ${WORDS_LOOKED_AT})`,
      had,
    )!;
    const next = seen.n === WORDS_LOOKED_AT && seen.last! > bounds.first ? seen.last! - 1 : null;
    const conditions = [rest, ...(aboutFilings ? [`+${about}`] : [])].join(' AND ');
    return {
      sql: `SELECT seq FROM (${words} LIMIT ${WORDS_LOOKED_AT}) w CROSS JOIN journal USING (seq) WHERE ${conditions}`,
      params: had,
      next,
    };
  }
  if (aboutFilings) return { sql: `SELECT seq FROM journal WHERE ${about} AND ${rest}`, params, next: null };
  if (actions === null) {
    const by = actor === undefined ? 'WHERE' : 'INDEXED BY journal_by_actor WHERE actor = @actor AND';
    return { sql: `SELECT seq FROM journal ${by} ${inPeriod}`, params, next: null };
  }
  if (actions.length === 0) return null;
  // each action is in the order of the chain by itself, so that no more of it is read than one question counts
  const by = actor === undefined ? 'INDEXED BY journal_by_action WHERE' : 'INDEXED BY journal_by_actor_action WHERE actor = @actor AND';
  const each = actions.map(
    (_, n) =>
      `SELECT seq FROM (SELECT seq FROM journal ${by} action = @action${n} AND ${inPeriod} ORDER BY seq DESC LIMIT ${JOURNAL_WINDOW + 1})`,
  );
  return { sql: `SELECT seq FROM (${each.join(' UNION ALL ')})`, params, next: null };
}

/** The actions that the journal knows under a first part, or the one that was named; each found by a step in the index. */
function actionsOf(read: Reading, action: string): string[] {
  if (action.includes('.')) return [action];
  return read
    .all<{ action: string | null }>(
      `WITH RECURSIVE known (action) AS (
         SELECT (SELECT min(action) FROM journal WHERE action >= @from AND action < @until)
         UNION ALL SELECT (SELECT min(j.action) FROM journal j WHERE j.action > known.action AND j.action < @until) FROM known WHERE known.action IS NOT NULL
       ) SELECT action FROM known WHERE action IS NOT NULL`,
      { from: `${action}.`, until: `${action}/` },
    )
    .flatMap((row) => row.action ?? []);
}

function filingsOf(read: Reading, number: string): string[] {
  const asked = number.replaceAll(/\s/g, '');
  return read
    .all<{ id: string }>('SELECT id FROM filing WHERE cabinet_number = @asked OR incoming_number = @asked OR case_number = @asked', {
      asked,
    })
    .map(({ id }) => id);
}

/** As the index cuts words: letters, digits and the hyphen of numbers. Null when there is no word in it. */
function wordsOf(text: string): string | null {
  const words = text.split(/[^\p{L}\p{N}-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' AND ');
}

const definedOf = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** What people write by name and number stands in the details by id. */
function withNames(read: Reading, lines: readonly JournalEntryLine[]): JournalLine[] {
  const idsOf = ({ details }: JournalEntryLine) => Object.values(details).filter((value): value is string => typeof value === 'string');
  const known = new Map(
    read
      .all<{ id: string; name: string }>(
        `WITH asked AS (SELECT DISTINCT value AS id FROM json_each(?))
         SELECT u.id, u.name FROM asked JOIN app_user u ON u.id = asked.id
         UNION ALL SELECT f.id, coalesce(f.case_number, f.incoming_number, f.cabinet_number) FROM asked JOIN filing f ON f.id = asked.id
           WHERE coalesce(f.case_number, f.incoming_number, f.cabinet_number) IS NOT NULL`,
        JSON.stringify(lines.flatMap(idsOf)),
      )
      .map(({ id, name }) => [id, name]),
  );
  return lines.map((line) => ({
    ...line,
    names: Object.fromEntries(idsOf(line).flatMap((id) => (known.has(id) ? [[id, known.get(id)!]] : []))),
  }));
}

export const toLine = ({ seq, at, actor, name, action, subject, number, details, wiped }: JournalRow): JournalEntryLine => ({
  seq,
  at,
  actor: actor === null ? null : { id: actor, name: name ?? actor },
  action,
  subject: subject === null ? null : { id: subject, number },
  details: JSON.parse(details) as JournalLine['details'],
  wiped: wiped === 1,
});
