import { reportsHolding, type ReportPeriod } from '../reports/index.ts';
import type { Reading, Snapshot } from '../store/index.ts';
import { findFilingsNaming } from './filings-naming.ts';
import { boundsOf } from './period-bounds.ts';
import { toLine, type JournalEntryLine, type JournalRow } from './read-journal.ts';
import { askedReport, readReportLooks } from './report-looks.ts';

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

/**
 * Who had a person's data before them, on this desk: the answer to a breach, where the law gives one working day.
 * A filing counts when it is asked for by its number, or when its message, or what the office has corrected of it before or after it was registered, names the person as a party or
 * representative. A report counts when a filing that had come to this desk before stood in it by its dates.
 * @param read holds no more of the journal at once than the lines that are asked for.
 * @param resourcesDir with the layouts of reports.
 */
export async function whoSaw(
  read: Snapshot,
  resourcesDir: string,
  { person, from, until, lines: most = MOST_LINES }: PersonQuestion,
): Promise<PersonReport> {
  const filings = await findFilingsNaming(read, person);
  const upTo = read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const bounds = boundsOf(read, upTo, { from, until });
  if (filings.length === 0 || bounds === null) return { filings, people: [], lines: [], entries: 0 };
  const ids = filings.map(({ id }) => id);
  const period = { ...bounds, from: from ?? '', until: until ?? '9999' };
  const [people, newest] = [countPeople(read), newestOf(most)];
  let entries = 0;
  const take = (entry: Seen, inTable: boolean): void => {
    entries++;
    people.add(entry, inTable);
    newest.add(entry.seq);
  };
  const about = read.pieces<Seen>(
    `SELECT j.seq, j.at, j.actor, j.action FROM json_each(@ids) f CROSS JOIN journal j ON j.subject = f.value
     WHERE j.seq BETWEEN @first AND @last AND j.at >= @from AND j.at < @until`,
    { ids: JSON.stringify(ids), ...period },
  );
  for await (const piece of about) for (const entry of piece) take(entry, false);
  const holds = reportsHolding(read, resourcesDir, ids);
  for await (const piece of readReportLooks(read, period)) for (const look of piece) if (await holds(look.asked)) take(look, true);
  return { filings, people: people.list(), lines: await linesAt(read, newest.list()), entries };
}

type Seen = { readonly seq: number; readonly at: string; readonly actor: string | null; readonly action: string };

/** Of what is counted, an entry about no filing is about a report. */
async function linesAt(read: Snapshot, places: readonly number[]): Promise<SeenLine[]> {
  const lines: SeenLine[] = [];
  const rows = read.pieces<JournalRow>(
    `SELECT j.seq, j.at, j.actor, u.name, j.action, j.subject, coalesce(c.case_number, c.incoming_number, c.cabinet_number) AS number, j.details, 0 AS wiped
     FROM json_each(?) n CROSS JOIN journal j ON j.seq = n.value
     LEFT JOIN app_user u ON u.id = j.actor LEFT JOIN filing c ON c.id = j.subject`,
    JSON.stringify(places),
  );
  for await (const piece of rows)
    for (const row of piece) {
      const asked = row.subject === null ? askedReport(read, row.details) : null;
      lines.push({ ...toLine(row), table: asked && { report: asked.report, ...asked.period } });
    }
  return lines;
}

/** The largest places of those it is given, the largest first. */
function newestOf(most: number): { add(place: number): void; list(): readonly number[] } {
  let kept: number[] = [];
  const list = () => (kept = kept.sort((a, b) => b - a).slice(0, most));
  return {
    add: (place) => {
      if (kept.push(place) > 2 * most) list();
    },
    list,
  };
}

type Person = { name: string | null; entries: number; taken: number; tables: number; first: string; last: string };

function countPeople(read: Reading): { add(entry: Seen, inTable: boolean): void; list(): PersonReport['people'] } {
  const names = new Map(read.all<{ id: string; name: string }>('SELECT id, name FROM app_user').map(({ id, name }) => [id, name]));
  const people = new Map<string | null, Person>();
  return {
    add: ({ actor, at, action }, inTable) => {
      let person = people.get(actor);
      if (!person)
        people.set(actor, (person = { name: actor && (names.get(actor) ?? actor), entries: 0, taken: 0, tables: 0, first: at, last: at }));
      person.entries++;
      if (TAKEN.test(action)) person.taken++;
      if (inTable) person.tables++;
      if (at < person.first) person.first = at;
      if (at > person.last) person.last = at;
    },
    list: () => [...people.values()].sort((a, b) => b.entries - a.entries || (a.first < b.first ? -1 : 1)),
  };
}
