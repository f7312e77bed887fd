import { createHash } from 'node:crypto';
import type { Database, Statement } from 'better-sqlite3';
import { giveWay } from './give-way.ts';
import { JOURNAL_GENESIS, journalEntryHash, journalHead, type JournalCheck, type JournalHead } from './journal.ts';

/**
 * Where the chain does not hold and how. `start-missing`, `entries-missing`: others should stand before this one. `entry-changed`: what it says is not
 * what its hash was made of. `not-following`: it was written after another entry than the one before it. `wiping-unproven`: its contents are gone
 * and no entry tells so.
 */
export type JournalBreak = {
  readonly entry: number;
  readonly kind: 'start-missing' | 'entries-missing' | 'entry-changed' | 'not-following' | 'wiping-unproven';
  /** What should stand there and what does: places for missing entries, else hashes. */
  readonly expected: string;
  readonly found: string;
};
export type JournalWalk = {
  /** Goes on for about so many milliseconds; true when the end was reached or the chain is broken. */
  step(budgetMs: number): boolean;
  /** Up to where the chain holds. */
  readonly place: () => JournalHead;
  /** The first break; the walk ends there. */
  readonly broken: () => JournalBreak | null;
};

type Row = {
  seq: number;
  at: string;
  actor: string | null;
  action: string;
  subject: string | null;
  details: string;
  previous: string;
  hash: string;
  wiped: number | null;
};

const AT_ONCE = 250;
const STEP_MS = 8;

/** Walks the chain in steps, after a place that is trusted. What is written meanwhile is walked too. */
export function walkJournal(db: Database, trusted: JournalHead = { entries: 0, head: JOURNAL_GENESIS }): JournalWalk {
  const next = db.prepare<[number], Row>(
    `SELECT seq, at, actor, action, subject, details, previous, hash, wiped_by AS wiped FROM journal WHERE seq > ? ORDER BY seq LIMIT ${AT_ONCE}`,
  );
  const isProven = provenWipings(db);
  let place = trusted;
  let broken: JournalBreak | null = null;
  const breakOf = (row: Row): JournalBreak | null => {
    const seq = place.entries + 1;
    const at = { entry: row.seq, expected: String(seq), found: String(row.seq) };
    if (row.seq !== seq) return { ...at, kind: place.entries === 0 ? 'start-missing' : 'entries-missing' };
    if (row.wiped === null) {
      const made = journalEntryHash(row.previous, seq, row);
      if (made !== row.hash) return { entry: seq, kind: 'entry-changed', expected: row.hash, found: made };
    } else if (!isBare(row) || !isProven(row.wiped)) return { entry: seq, kind: 'wiping-unproven', expected: row.hash, found: '' };
    return row.previous === place.head ? null : { entry: seq, kind: 'not-following', expected: place.head, found: row.previous };
  };
  return {
    step(budgetMs) {
      const until = performance.now() + budgetMs;
      do {
        const rows = next.all(place.entries);
        for (const row of rows) {
          broken = breakOf(row);
          if (broken !== null) return true;
          place = { entries: row.seq, head: row.hash };
        }
        if (rows.length < AT_ONCE) return true;
      } while (performance.now() < until);
      return false;
    },
    place: () => place,
    broken: () => broken,
  };
}

/** Nothing is left in it that its hash could not vouch for, and what tells of it came after. */
const isBare = ({ seq, wiped, actor, subject, details }: Row): boolean =>
  wiped !== null && wiped > seq && actor === null && subject === null && details === '{}';

/** Walks to the end without holding anybody up for long. */
export async function walkToEnd(walk: JournalWalk): Promise<void> {
  while (!walk.step(STEP_MS)) await giveWay();
}

/** Walks the chain at once; `brokenAt` is the first entry that does not follow from the one before it. */
export function checkJournal(db: Database, trusted?: JournalHead): JournalCheck {
  const walk = walkJournal(db, trusted);
  walk.step(Infinity);
  const broken = walk.broken();
  return { entries: journalHead(db).entries, chain: broken === null ? 'ok' : 'broken', brokenAt: broken?.entry ?? null };
}

/** What stays of wiped entries, as the entry about the wiping says it: SHA-256 over a JSON line of each. */
export function wipedDigest(
  entries: Iterable<{ readonly seq: number; readonly at: string; readonly action: string; readonly hash: string }>,
): {
  count: number;
  sha256: string;
} {
  const digest = createHash('sha256');
  let count = 0;
  for (const { seq, at, action, hash } of entries) {
    digest.update(`${JSON.stringify([seq, at, action, hash])}\n`);
    count++;
  }
  return { count, sha256: digest.digest('hex') };
}

/** Whether the entry at a place, whole itself, tells of just those wiped entries that name it; each place is looked at once. */
function provenWipings(db: Database): (place: number) => boolean {
  const known = new Map<number, boolean>();
  const wiped: Statement<[number], { seq: number; at: string; action: string; hash: string }> = db.prepare(
    'SELECT seq, at, action, hash FROM journal WHERE wiped_by = ? ORDER BY seq',
  );
  const telling = db.prepare<[number], Row>(
    "SELECT seq, at, actor, action, subject, details, previous, hash FROM journal WHERE seq = ? AND action = 'journal.wiped' AND wiped_by IS NULL",
  );
  return (place) => {
    let proven = known.get(place);
    if (proven === undefined) {
      const row = telling.get(place);
      const { count, sha256 } = wipedDigest(wiped.iterate(place));
      const told =
        row && journalEntryHash(row.previous, row.seq, row) === row.hash
          ? (JSON.parse(row.details) as { entries?: unknown; sha256?: unknown })
          : undefined;
      known.set(place, (proven = told !== undefined && told.entries === count && told.sha256 === sha256));
    }
    return proven;
  };
}
