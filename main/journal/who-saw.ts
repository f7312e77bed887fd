import { z } from 'zod';
import { fold } from '../../shared/domain/kk-format.ts';
import { asBeginnings, readQuery } from '../../shared/domain/search-query.ts';
import type { Reading } from '../store/index.ts';
import { boundsOf } from './period-bounds.ts';
import { toLine, type JournalLine, type JournalRow } from './read-journal.ts';

export type PersonQuestion = {
  /** IIN or BIN, 12 digits, a name as it is written in a filing, or a number of a filing. */
  readonly person: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};
/** Every entry about a filing that names the person: looks, papers taken out, changes. */
export type PersonReport = {
  readonly filings: readonly { readonly id: string; readonly number: string }[];
  /** Who had the person's data before them, most entries first; counted over all entries. */
  readonly people: readonly {
    readonly name: string | null;
    readonly entries: number;
    readonly taken: number;
    readonly first: string;
    readonly last: string;
  }[];
  /** Newest first, no more than `MOST_LINES`. */
  readonly lines: readonly JournalLine[];
  /** Of all entries, also those that `lines` leaves out. */
  readonly entries: number;
};

export const MOST_LINES = 100_000;

/** What left the desk: saved, printed, exported, sent. */
const TAKEN = ['%.saved', '%-saved', '%.printed', '%.copied', '%.exported', '%.dispatched', '%.told-on-call']
  .map((like) => `j.action LIKE '${like}'`)
  .join(' OR ');
const named = z.object({ name: z.string(), iin: z.string().nullish(), bin: z.string().nullish() });
const peopleSchema = z.object({ parties: z.array(named), representative: named.nullish() });

/**
 * Who had a person's data before them, on this desk: the answer to a breach, where the law gives one working day.
 * A filing counts when it is asked for by its number, or when its message, or what the office has corrected of it, names the person as a party or
 * representative.
 */
export function whoSaw(read: Reading, { person, from, until }: PersonQuestion): PersonReport {
  const filings = filingsNaming(read, person);
  const upTo = read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const bounds = boundsOf(read, upTo, { from, until });
  if (filings.length === 0 || bounds === null) return { filings, people: [], lines: [], entries: 0 };
  const asked = { ids: JSON.stringify(filings.map(({ id }) => id)), ...bounds, from: from ?? '', until: until ?? '9999' };
  const about = `FROM json_each(@ids) f CROSS JOIN journal j ON j.subject = f.value
    WHERE j.seq BETWEEN @first AND @last AND j.at >= @from AND j.at < @until`;
  const people = read.all<PersonReport['people'][number]>(
    `SELECT u.name, p.entries, p.taken, p.first, p.last FROM
       (SELECT j.actor, count(*) AS entries, sum(${TAKEN}) AS taken, min(j.at) AS first, max(j.at) AS last ${about} GROUP BY j.actor) p
     LEFT JOIN app_user u ON u.id = p.actor ORDER BY p.entries DESC, p.first`,
    asked,
  );
  const lines = read
    .all<JournalRow>(
      `SELECT j.seq, j.at, j.actor, u.name, j.action, j.subject, coalesce(c.case_number, c.incoming_number, c.cabinet_number) AS number, j.details, 0 AS wiped
       FROM (SELECT j.seq ${about} ORDER BY j.seq DESC LIMIT ${MOST_LINES}) n JOIN journal j USING (seq)
       LEFT JOIN app_user u ON u.id = j.actor LEFT JOIN filing c ON c.id = j.subject ORDER BY j.seq DESC`,
      asked,
    )
    .map(toLine);
  return { filings, people, lines, entries: people.reduce((sum, { entries }) => sum + entries, 0) };
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
  return read
    .all<FilingRow>(
      `SELECT ${columns}, f.message, (SELECT json_group_array(json(c.content)) FROM filing_correction c WHERE c.filing_id = f.id) AS corrections
       FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id WHERE filing_fts MATCH ? ORDER BY f.received_at`,
      asBeginnings(words),
    )
    .filter(({ message, corrections }) =>
      [JSON.parse(message) as unknown, ...(JSON.parse(corrections) as unknown[])].some((said) => names(said, wanted)),
    )
    .map((row) => ({ id: row.id, number: row.number }));
}

function names(said: unknown, wanted: string): boolean {
  const read = peopleSchema.safeParse(said);
  if (!read.success) return false;
  const { parties, representative } = read.data;
  return [...parties, ...(representative ? [representative] : [])].some(
    ({ name, iin, bin }) => iin === wanted || bin === wanted || fold(name).includes(wanted),
  );
}
