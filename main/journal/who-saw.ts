import { fold } from '../../shared/domain/kk-format.ts';
import { filingMessageSchema } from '../../shared/registry/index.ts';
import type { Reading } from '../store/index.ts';
import { readJournal, type JournalLine } from './read-journal.ts';

export type PersonQuestion = {
  /** IIN or BIN, 12 digits, or a name as it is written in a filing. */
  readonly person: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};
/** Every entry about a filing that names the person: looks, papers taken out, changes. */
export type PersonReport = {
  readonly filings: readonly { readonly id: string; readonly number: string }[];
  /** Who had the person's data before them, most looks first. */
  readonly people: readonly {
    readonly name: string | null;
    readonly entries: number;
    readonly taken: number;
    readonly first: string;
    readonly last: string;
  }[];
  readonly lines: readonly JournalLine[];
};

/** What left the desk: saved, printed, exported, sent. */
const TAKEN = /\.(?:saved|paper-saved|printed|exported|dispatched)$/;
const AT_ONCE = 1000;

/**
 * Who had a person's data before them, on this desk: the answer to a breach, where the law gives one working day.
 * A filing counts when its message names the person as a party or representative, or the IIN of a signer.
 */
export function whoSaw(read: Reading, { person, from, until }: PersonQuestion): PersonReport {
  const filings = filingsNaming(read, person);
  const lines = filings.flatMap(({ id }) => linesAbout(read, id, from, until));
  lines.sort((a, b) => b.seq - a.seq);
  return { filings: filings.map(({ id, number }) => ({ id, number })), people: peopleIn(lines), lines };
}

/** The search text finds candidates by their folded letters; the message decides. */
function filingsNaming(read: Reading, person: string): { id: string; number: string }[] {
  const wanted = fold(person.trim());
  if (wanted === '') return [];
  return read
    .all<{ id: string; number: string; message: string }>(
      `SELECT id, coalesce(case_number, incoming_number, cabinet_number) AS number, message FROM filing WHERE instr(search_text, ?) > 0 ORDER BY received_at`,
      wanted,
    )
    .filter(({ message }) => {
      const { parties, representative } = filingMessageSchema.parse(JSON.parse(message));
      return [...parties, ...(representative ? [representative] : [])].some(
        ({ name, iin, bin }) => iin === wanted || bin === wanted || fold(name).includes(wanted),
      );
    });
}

function linesAbout(read: Reading, subject: string, from?: string, until?: string): JournalLine[] {
  const all: JournalLine[] = [];
  for (let upTo: number | undefined; ;) {
    const found = readJournal(read, { subject, from, until }, { upTo, offset: all.length, limit: AT_ONCE });
    all.push(...found.lines);
    if (found.lines.length < AT_ONCE) return all;
    upTo = found.upTo;
  }
}

function peopleIn(lines: readonly JournalLine[]): PersonReport['people'] {
  const people = new Map<string | null, { name: string | null; entries: number; taken: number; first: string; last: string }>();
  for (const { actor, at, action } of lines) {
    const seen = people.get(actor?.id ?? null) ?? { name: actor?.name ?? null, entries: 0, taken: 0, first: at, last: at };
    seen.entries++;
    if (TAKEN.test(action)) seen.taken++;
    if (at < seen.first) seen.first = at;
    if (at > seen.last) seen.last = at;
    people.set(actor?.id ?? null, seen);
  }
  return [...people.values()].sort((a, b) => b.entries - a.entries || (a.first < b.first ? -1 : 1));
}
