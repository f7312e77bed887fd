import type { Reading } from '../store/index.ts';

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
};
/** A stretch of what is found. `upTo`: the newest entry that counts, so that pages stay where they are while work goes on. */
export type JournalPage = { readonly upTo?: number | undefined; readonly offset: number; readonly limit: number };

export type JournalLine = {
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  /** The filing it is about, by the number that the office knows it by. */
  readonly subject: { readonly id: string; readonly number: string | null } | null;
  readonly details: Readonly<Record<string, string | number>>;
};
export type JournalFound = {
  readonly lines: readonly JournalLine[];
  /** How many are found, counted up to `MOST_COUNTED`: nobody reads more. */
  readonly total: number;
  readonly upTo: number;
};

const MOST_COUNTED = 100_000;

type Row = {
  seq: number;
  at: string;
  actor: string | null;
  name: string | null;
  action: string;
  subject: string | null;
  number: string | null;
  details: string;
};

/** Entries newest first by their time. */
export function readJournal(read: Reading, filter: JournalFilter, page: JournalPage): JournalFound {
  const upTo = page.upTo ?? read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const params = { ...valuesOf(filter), upTo };
  const total = read.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM journal WHERE seq <= @upTo AND ${conditionsOf(filter, true)} LIMIT ${MOST_COUNTED})`,
    params,
  )!.n;
  const where = conditionsOf(filter, total < MOST_COUNTED);
  const lines = read
    .all<Row>(
      `SELECT j.seq, j.at, j.actor, u.name, j.action, j.subject, coalesce(f.case_number, f.incoming_number, f.cabinet_number) AS number, j.details
       FROM (SELECT * FROM journal WHERE seq <= @upTo AND ${where} ORDER BY at DESC, seq DESC LIMIT @limit OFFSET @offset) j
       LEFT JOIN app_user u ON u.id = j.actor LEFT JOIN filing f ON f.id = j.subject ORDER BY j.at DESC, j.seq DESC`,
      { ...params, limit: page.limit, offset: page.offset },
    )
    .map(toLine);
  return { lines, total, upTo };
}

/**
 * What is rare is found by its own index and put in order; what is everywhere is met at once on the way through the times, and its index
 * is put out of the way with a plus.
 */
function conditionsOf({ from, until, actor, action, subject }: JournalFilter, rare: boolean): string {
  const own = rare ? '' : '+';
  const parts = [
    from === undefined ? null : 'at >= @from',
    until === undefined ? null : 'at < @until',
    actor === undefined ? null : `${own}actor = @actor`,
    // a range instead of LIKE: the index serves it
    action === undefined
      ? null
      : action.includes('.')
        ? `${own}action = @action`
        : `${own}action >= @actionFrom AND ${own}action < @actionTo`,
    subject === undefined ? null : 'subject = @subject',
  ];
  return parts.filter((part) => part !== null).join(' AND ') || '1';
}

function valuesOf({ action, ...filter }: JournalFilter): Record<string, string> {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (action === undefined) return Object.fromEntries(given);
  const asked = action.includes('.') ? { action } : { actionFrom: `${action}.`, actionTo: `${action}/` };
  return { ...Object.fromEntries(given), ...asked };
}

const toLine = ({ seq, at, actor, name, action, subject, number, details }: Row): JournalLine => ({
  seq,
  at,
  actor: actor === null ? null : { id: actor, name: name ?? actor },
  action,
  subject: subject === null ? null : { id: subject, number },
  details: JSON.parse(details) as JournalLine['details'],
});
