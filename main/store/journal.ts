import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** Details hold ids, codes, numbers and the reasons that people wrote; names and IINs stay in the filing itself. */
export type JournalEntry = {
  readonly at: string;
  /** User id; null for the workstation itself. */
  readonly actor: string | null;
  readonly action: string;
  /** The filing or act it is about; null for the office as a whole. */
  readonly subject: string | null;
  readonly details: Readonly<Record<string, string | number>>;
};

export type JournalHead = { readonly entries: number; readonly head: string };
export type JournalCheck = { readonly entries: number; readonly chain: 'ok' | 'broken'; readonly brokenAt: number | null };

/** What the first entry follows from. */
export const JOURNAL_GENESIS = '0'.repeat(64);

/** SHA-256 over the previous hash and the entry in a fixed order, as one JSON array. */
export function journalEntryHash(
  previous: string,
  seq: number,
  e: { at: string; actor: string | null; action: string; subject: string | null; details: string },
): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, seq, e.at, e.actor, e.action, e.subject, e.details]))
    .digest('hex');
}

/** Prepared once for every open database: an entry is written at every press. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();
const prepare = (db: Database) => ({
  head: db.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1'),
  add: db.prepare('INSERT INTO journal (seq, at, actor, action, subject, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  stretch: db.prepare<[], { first: number; highest: string }>('SELECT first, highest FROM journal_stretch ORDER BY first DESC LIMIT 1'),
  begin: db.prepare('INSERT INTO journal_stretch (first, highest) VALUES (?, ?)'),
  goOn: db.prepare('UPDATE journal_stretch SET highest = ? WHERE first = ?'),
});
function statementsOf(db: Database): ReturnType<typeof prepare> {
  let statements = prepared.get(db);
  if (!statements) prepared.set(db, (statements = prepare(db)));
  return statements;
}

export function journalHead(db: Database): JournalHead {
  const row = statementsOf(db).head.get();
  return row ? { entries: row.seq, head: row.hash } : { entries: 0, head: JOURNAL_GENESIS };
}

/** A clock that is behind by less was not set back: work that took a while notes when it began. */
const SET_BACK_MS = 10 * 60_000;

/** An entry stays where it was made; a clock that was set back in between is told by an entry of its own before it. */
export function appendJournal(db: Database, entry: JournalEntry): void {
  const { stretch, begin, goOn } = statementsOf(db);
  const now = stretch.get();
  if (now && Date.parse(entry.at) < Date.parse(now.highest) - SET_BACK_MS) {
    const details = { from: now.highest, to: entry.at };
    begin.run(append(db, { at: entry.at, actor: null, action: 'clock.set-back', subject: null, details }), entry.at);
  } else if (!now) begin.run(1, entry.at);
  else if (entry.at > now.highest) goOn.run(entry.at, now.first);
  append(db, entry);
}

function append(db: Database, entry: JournalEntry): number {
  const { entries, head } = journalHead(db);
  const { at, actor, action, subject } = entry;
  const details = JSON.stringify(entry.details);
  const seq = entries + 1;
  const hash = journalEntryHash(head, seq, { at, actor, action, subject, details });
  statementsOf(db).add.run(seq, at, actor, action, subject, details, head, hash);
  return seq;
}
