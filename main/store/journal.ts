import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** Details hold ids, codes and numbers only; names and IINs stay in the filing itself. */
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

export function journalHead(db: Database): JournalHead {
  const row = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get() as { seq: number; hash: string } | undefined;
  return row ? { entries: row.seq, head: row.hash } : { entries: 0, head: JOURNAL_GENESIS };
}

export function appendJournal(db: Database, entry: JournalEntry): void {
  const { entries, head } = journalHead(db);
  const row = { at: entry.at, actor: entry.actor, action: entry.action, subject: entry.subject, details: JSON.stringify(entry.details) };
  const seq = entries + 1;
  db.prepare('INSERT INTO journal (seq, at, actor, action, subject, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    seq,
    row.at,
    row.actor,
    row.action,
    row.subject,
    row.details,
    head,
    journalEntryHash(head, seq, row),
  );
}

/** Walks the chain after a place that is trusted, else the whole; `brokenAt` is the first entry that does not follow from the one before it. */
export function checkJournal(db: Database, trusted: JournalHead = { entries: 0, head: JOURNAL_GENESIS }): JournalCheck {
  let previous = trusted.head;
  let seq = trusted.entries;
  const rows = db
    .prepare('SELECT seq, at, actor, action, subject, details, previous, hash FROM journal WHERE seq > ? ORDER BY seq')
    .iterate(trusted.entries) as IterableIterator<{
    seq: number;
    at: string;
    actor: string | null;
    action: string;
    subject: string | null;
    details: string;
    previous: string;
    hash: string;
  }>;
  let brokenAt: number | null = null;
  for (const row of rows) {
    seq++;
    if (brokenAt === null && (row.seq !== seq || row.previous !== previous || row.hash !== journalEntryHash(previous, seq, row)))
      brokenAt = row.seq;
    previous = row.hash;
  }
  return { entries: seq, chain: brokenAt === null ? 'ok' : 'broken', brokenAt };
}
