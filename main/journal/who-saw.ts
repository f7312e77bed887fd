import { z } from 'zod';
import { fold } from '../../shared/domain/kk-format.ts';
import { asBeginnings, readQuery } from '../../shared/domain/search-query.ts';
import { reportsHolding, type ReportPeriod } from '../reports/index.ts';
import type { Reading } from '../store/index.ts';
import { boundsOf } from './period-bounds.ts';
import { toLine, type JournalEntryLine, type JournalRow } from './read-journal.ts';
import { readReportLooks, type ReportLook } from './report-looks.ts';

export type PersonQuestion = {
  /** IIN or BIN, 12 digits, a name as it is written in a filing, or a number of a filing. */
  readonly person: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** How many entries are told one by one; absent: `MOST_LINES`. */
  readonly lines?: number | undefined;
};
/** An entry; `table` where the filing stood in a report: which one and of which days. */
export type SeenLine = JournalEntryLine & { readonly table: ({ readonly report: string } & ReportPeriod) | null };
/** Every entry about a filing that names the person, looks, papers taken out, changes, and every report that held one of them. */
export type PersonReport = {
  readonly filings: readonly { readonly id: string; readonly number: string }[];
  /** Who had the person's data before them, most entries first; counted over all entries. */
  readonly people: readonly {
    readonly name: string | null;
    readonly entries: number;
    readonly taken: number;
    /** Of the entries, those about a report in which a filing stood. */
    readonly tables: number;
    readonly first: string;
    readonly last: string;
  }[];
  /** Newest first, no more than were asked for. */
  readonly lines: readonly SeenLine[];
  /** How many there are, also of those that `lines` leaves out. */
  readonly entries: number;
};

const MOST_LINES = 100_000;

/** What left the desk: saved, printed, told, exported, sent. */
const TAKEN = /[.-](?:saved|printed|copied|told-on-call|exported|dispatched)$/;
const named = z.object({ name: z.string(), iin: z.string().nullish(), bin: z.string().nullish() });
const peopleSchema = z.object({ parties: z.array(named), representative: named.nullish() });

/**
 * Who had a person's data before them, on this desk: the answer to a breach, where the law gives one working day.
 * A filing counts when it is asked for by its number, or when its message, or what the office has corrected of it before or after it was registered, names the person as a party or
 * representative. A report counts when a filing stood in it by its dates when it was asked for.
 * @param resourcesDir with the layouts of reports.
 */
export function whoSaw(
  read: Reading,
  resourcesDir: string,
  { person, from, until, lines: most = MOST_LINES }: PersonQuestion,
): PersonReport {
  const filings = filingsNaming(read, person);
  const upTo = read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const bounds = boundsOf(read, upTo, { from, until });
  if (filings.length === 0 || bounds === null) return { filings, people: [], lines: [], entries: 0 };
  const asked = { ids: JSON.stringify(filings.map(({ id }) => id)), ...bounds, from: from ?? '', until: until ?? '9999' };
  const about = `FROM json_each(@ids) f CROSS JOIN journal j ON j.subject = f.value
    WHERE j.seq BETWEEN @first AND @last AND j.at >= @from AND j.at < @until`;
  const seen = read.all<Seen>(`SELECT j.seq, j.at, j.actor, j.action ${about}`, asked);
  const holds = reportsHolding(
    read,
    resourcesDir,
    filings.map(({ id }) => id),
  );
  const tables = new Map(
    readReportLooks(read, asked)
      .filter(({ asked: report }) => holds(report))
      .map((look) => [look.seq, look]),
  );
  const all = [...seen, ...tables.values()];
  const newest = all.map(({ seq }) => seq).sort((a, b) => b - a);
  const lines = linesAt(read, newest.slice(0, most)).map((line) => ({ ...line, table: tableOf(tables.get(line.seq)) }));
  return { filings, people: peopleIn(read, all, tables), lines, entries: all.length };
}

const tableOf = (look: ReportLook | undefined): SeenLine['table'] =>
  look === undefined ? null : { report: look.asked.report, ...look.asked.period };

type Seen = { seq: number; at: string; actor: string | null; action: string };

function linesAt(read: Reading, places: readonly number[]): JournalEntryLine[] {
  return read
    .all<JournalRow>(
      `SELECT j.seq, j.at, j.actor, u.name, j.action, j.subject, coalesce(c.case_number, c.incoming_number, c.cabinet_number) AS number, j.details, 0 AS wiped
       FROM json_each(?) n CROSS JOIN journal j ON j.seq = n.value
       LEFT JOIN app_user u ON u.id = j.actor LEFT JOIN filing c ON c.id = j.subject`,
      JSON.stringify(places),
    )
    .map(toLine);
}

function peopleIn(read: Reading, seen: readonly Seen[], inTable: ReadonlyMap<number, unknown>): PersonReport['people'] {
  const names = new Map(read.all<{ id: string; name: string }>('SELECT id, name FROM app_user').map(({ id, name }) => [id, name]));
  const people = new Map<
    string | null,
    { name: string | null; entries: number; taken: number; tables: number; first: string; last: string }
  >();
  for (const { seq, actor, at, action } of seen) {
    let person = people.get(actor);
    if (!person)
      people.set(actor, (person = { name: actor && (names.get(actor) ?? actor), entries: 0, taken: 0, tables: 0, first: at, last: at }));
    person.entries++;
    if (TAKEN.test(action)) person.taken++;
    if (inTable.has(seq)) person.tables++;
    if (at < person.first) person.first = at;
    if (at > person.last) person.last = at;
  }
  return [...people.values()].sort((a, b) => b.entries - a.entries || (a.first < b.first ? -1 : 1));
}

type FilingRow = { id: string; number: string; message: string; corrections: string };

/** The word index finds candidates; what the filing says decides. */
function filingsNaming(read: Reading, person: string): PersonReport['filings'] {
  const wanted = fold(person.trim());
  const { words, number } = readQuery(person);
  if (words.length === 0) return [];
  const columns = 'f.id, coalesce(f.case_number, f.incoming_number, f.cabinet_number) AS number';
  const asked = person.replaceAll(/\s/g, '');
  const byNumber = read.all<{ id: string; number: string }>(
    `SELECT ${columns} FROM filing f WHERE f.cabinet_number = @asked OR f.incoming_number = @asked OR f.case_number = @asked`,
    { asked },
  );
  if (byNumber.length > 0 && number !== null) return byNumber;
  const inMessage = read
    .all<FilingRow>(
      `SELECT ${columns}, f.message, (SELECT json_group_array(json(c.content)) FROM filing_correction c WHERE c.filing_id = f.id) AS corrections
       FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id WHERE filing_fts MATCH ? ORDER BY f.received_at`,
      asBeginnings(words),
    )
    .filter(({ message, corrections }) =>
      [JSON.parse(message) as unknown, ...(JSON.parse(corrections) as unknown[])].some((said) => names(said, wanted)),
    )
    .map(({ id, number: known }) => ({ id, number: known }));
  const found = new Set(inMessage.map(({ id }) => id));
  return [...inMessage, ...correctedTo(read, columns, wanted).filter(({ id }) => !found.has(id))];
}

/** Registered filings in which a fact was corrected from or to the person; the word index knows only what they were registered with. */
const correctedTo = (read: Reading, columns: string, wanted: string): PersonReport['filings'] =>
  read
    .all<{ id: string; number: string; fact: string; before: string | null; after: string | null }>(
      `SELECT ${columns}, c.fact, c.before_value AS "before", c.after_value AS "after"
       FROM fact_correction c JOIN filing f ON f.id = c.filing_id LEFT JOIN outbox o ON o.id = c.command
       WHERE c.fact IN ('name', 'iin', 'bin') AND NOT (o.state IS 'done' AND o.last_code IS 'withdrawn') ORDER BY f.received_at, f.id`,
    )
    .filter(({ fact, before, after }) =>
      [before, after].some((value) => value !== null && (fact === 'name' ? fold(value).includes(wanted) : value === wanted)),
    )
    .map(({ id, number }) => ({ id, number }))
    .filter(({ id }, n, all) => all.findIndex((other) => other.id === id) === n);

function names(said: unknown, wanted: string): boolean {
  const read = peopleSchema.safeParse(said);
  if (!read.success) return false;
  const { parties, representative } = read.data;
  return [...parties, ...(representative ? [representative] : [])].some(
    ({ name, iin, bin }) => iin === wanted || bin === wanted || fold(name).includes(wanted),
  );
}
