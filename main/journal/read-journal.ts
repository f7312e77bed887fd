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

export type JournalLine = {
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  /** The filing it is about, by the number that the office knows it by. */
  readonly subject: { readonly id: string; readonly number: string | null } | null;
  readonly details: Readonly<Record<string, string | number>>;
};

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

/** A page of the journal, newest first, of what comes before `before`. */
export function readJournal(read: Reading, filter: JournalFilter, before: number | null, limit: number): JournalLine[] {
  const { where, params } = conditionsOf(filter);
  return read
    .all<Row>(
      `SELECT j.seq, j.at, j.actor, u.name, j.action, j.subject, coalesce(f.case_number, f.incoming_number, f.cabinet_number) AS number, j.details
       FROM (SELECT * FROM journal WHERE seq < @before AND ${where} ORDER BY seq DESC LIMIT @limit) j
       LEFT JOIN app_user u ON u.id = j.actor LEFT JOIN filing f ON f.id = j.subject ORDER BY j.seq DESC`,
      { ...params, before: before ?? Number.MAX_SAFE_INTEGER, limit },
    )
    .map(toLine);
}

/** How many entries a filter finds, counted up to a limit: nobody reads a million. */
export function countJournal(read: Reading, filter: JournalFilter, limit: number): number {
  const { where, params } = conditionsOf(filter);
  return read.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM journal WHERE ${where} LIMIT @limit)`, { ...params, limit })!.n;
}

function conditionsOf({ from, until, actor, action, subject }: JournalFilter): { where: string; params: Record<string, string> } {
  const parts: [string, Record<string, string>][] = [];
  if (from !== undefined) parts.push(['at >= @from', { from }]);
  if (until !== undefined) parts.push(['at < @until', { until }]);
  if (actor !== undefined) parts.push(['actor = @actor', { actor }]);
  // a range instead of LIKE: the index serves it
  if (action !== undefined)
    parts.push(
      action.includes('.')
        ? ['action = @action', { action }]
        : ['action >= @actionFrom AND action < @actionTo', { actionFrom: `${action}.`, actionTo: `${action}/` }],
    );
  if (subject !== undefined) parts.push(['subject = @subject', { subject }]);
  return {
    where: parts.map(([sql]) => sql).join(' AND ') || '1',
    params: Object.assign({}, ...parts.map(([, values]) => values)) as Record<string, string>,
  };
}

const toLine = ({ seq, at, actor, name, action, subject, number, details }: Row): JournalLine => ({
  seq,
  at,
  actor: actor === null ? null : { id: actor, name: name ?? actor },
  action,
  subject: subject === null ? null : { id: subject, number },
  details: JSON.parse(details) as JournalLine['details'],
});
