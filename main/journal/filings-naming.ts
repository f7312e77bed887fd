import { z } from 'zod';
import { asBeginnings, readQuery } from '../../shared/domain/search-query.ts';
import type { Snapshot } from '../store/index.ts';

/** A filing, and the number under which it is known best. */
export type KnownFiling = { readonly id: string; readonly number: string };

const named = z.object({ name: z.string(), iin: z.string().nullish(), bin: z.string().nullish() });
const peopleSchema = z.object({ parties: z.array(named), representative: named.nullish() });

type FilingRow = KnownFiling & { readonly receivedAt: string; readonly message: string; readonly corrections: string };
type FactRow = KnownFiling &
  Pick<FilingRow, 'receivedAt'> & { readonly fact: string; readonly before: string | null; readonly after: string | null };
const COLUMNS = 'f.id, coalesce(f.case_number, f.incoming_number, f.cabinet_number) AS number';

/**
 * Filings with a number, or that name a person as a party or representative by IIN, BIN or name: as they came, or as the office has corrected them.
 * Numbers may be written with blanks and hyphens; of a name every word is looked for at the beginning of one of its words, in any order.
 * The word index finds candidates; what the filing says decides.
 */
export async function findFilingsNaming(read: Snapshot, person: string): Promise<KnownFiling[]> {
  const { words, number, identifier } = readQuery(person);
  if (words.length === 0) return [];
  const byNumber = number === null ? [] : numbered(read, number);
  if (byNumber.length > 0) return byNumber;
  const wanted: Wanted = { identifier, words: identifier === null ? words : [identifier] };
  const found = new Map<string, KnownFiling>();
  for (const filing of await namedIn(read, wanted)) found.set(filing.id, filing);
  for (const filing of await correctedTo(read, wanted)) if (!found.has(filing.id)) found.set(filing.id, filing);
  return [...found.values()];
}

type Wanted = { readonly identifier: string | null; readonly words: readonly string[] };

/** By one of its own numbers; a filing that only joins the case of that number is another. */
function numbered(read: Snapshot, number: string): KnownFiling[] {
  type Row = KnownFiling & { readonly own: string };
  return read
    .all<Row>(
      `SELECT ${COLUMNS}, concat_ws(' ', f.cabinet_number, f.incoming_number, f.case_number) AS own
       FROM number_fts JOIN filing_words w ON w.n = number_fts.rowid JOIN filing f ON f.id = w.filing_id WHERE number_fts MATCH ?`,
      `"${number}"`,
    )
    .filter(({ own }) => own.split(' ').some((one) => readQuery(one).number === number))
    .map(({ id, number: known }) => ({ id, number: known }));
}

/** In the order of receipt. */
async function namedIn(read: Snapshot, wanted: Wanted): Promise<KnownFiling[]> {
  const found: (KnownFiling & Pick<FilingRow, 'receivedAt'>)[] = [];
  const candidates = read.pieces<FilingRow>(
    `SELECT ${COLUMNS}, f.received_at AS receivedAt, f.message,
       (SELECT json_group_array(json(c.content)) FROM filing_correction c WHERE c.filing_id = f.id) AS corrections
     FROM filing_fts JOIN filing_words w ON w.n = filing_fts.rowid JOIN filing f ON f.id = w.filing_id WHERE filing_fts MATCH ?`,
    asBeginnings(wanted.words),
  );
  for await (const piece of candidates)
    for (const { id, number, receivedAt, message, corrections } of piece) {
      const said = [JSON.parse(message) as unknown, ...(JSON.parse(corrections) as unknown[])];
      if (said.some((one) => names(one, wanted))) found.push({ id, number, receivedAt });
    }
  return inOrder(found);
}

/** Registered filings in which a fact was corrected from or to the person; the word index knows only what they were registered with. */
async function correctedTo(read: Snapshot, wanted: Wanted): Promise<KnownFiling[]> {
  const found: (KnownFiling & Pick<FilingRow, 'receivedAt'>)[] = [];
  const corrected = read.pieces<FactRow>(
    `SELECT ${COLUMNS}, f.received_at AS receivedAt, c.fact, c.before_value AS "before", c.after_value AS "after"
     FROM fact_correction c CROSS JOIN filing f ON f.id = c.filing_id LEFT JOIN outbox o ON o.id = c.command
     WHERE c.fact IN ('name', 'iin', 'bin') AND NOT (o.state IS 'done' AND o.last_code IS 'withdrawn')`,
  );
  for await (const piece of corrected)
    for (const { id, number, receivedAt, fact, before, after } of piece)
      if ([before, after].some((value) => value !== null && (fact === 'name' ? isNamed(value, wanted) : value === wanted.identifier)))
        found.push({ id, number, receivedAt });
  return inOrder(found.sort((a, b) => compare(a.id, b.id)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (found: readonly (KnownFiling & Pick<FilingRow, 'receivedAt'>)[]): KnownFiling[] =>
  found.toSorted((a, b) => compare(a.receivedAt, b.receivedAt)).map(({ id, number }) => ({ id, number }));

function isNamed(name: string, { identifier, words }: Wanted): boolean {
  const of = readQuery(name).words;
  return identifier === null && words.every((word) => of.some((one) => one.startsWith(word)));
}

function names(said: unknown, wanted: Wanted): boolean {
  const read = peopleSchema.safeParse(said);
  if (!read.success) return false;
  const { parties, representative } = read.data;
  return [...parties, ...(representative ? [representative] : [])].some(
    ({ name, iin, bin }) => (wanted.identifier !== null && [iin, bin].includes(wanted.identifier)) || isNamed(name, wanted),
  );
}
