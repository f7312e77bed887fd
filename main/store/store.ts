import type { Database as SqliteDatabase } from 'better-sqlite3';
import { isOfWorkstation, type CommandEnvelope, type CommandKind, type CommandPayload } from '../../shared/registry/index.ts';
import { checkJournal, walkJournal, type JournalWalk } from './journal-walk.ts';
import { appendJournal, journalHead, type JournalCheck, type JournalEntry, type JournalHead } from './journal.ts';
import { createSnapshots, readingOf, type Reading, type Snapshots } from './snapshot.ts';

export type OutboxEntry<K extends CommandKind = CommandKind> = {
  readonly id: string;
  /** What the order is kept for: a filing id, or `workstation`. */
  readonly subject: string;
  readonly kind: K;
  readonly actor: string | null;
  readonly at: string;
  readonly payload: CommandPayload<K>;
  /** Hashes of stored documents that the registry must hold before the command. */
  readonly uploads: readonly string[];
};

/** A session that vouches for a command, and its proof (see shared/registry/sessions.ts). */
export type CommandProof = { readonly session: string; readonly proof: string };
/** Null when no session of the actor is open here. */
export type Prove = (envelope: CommandEnvelope) => CommandProof | null;

/** A handle inside one transaction: the change, its journal entry and its outbox entry stand or fall together. */
export type Writing = Reading & {
  run(sql: string, ...params: readonly unknown[]): number;
  journal(entry: JournalEntry): void;
  /** A command of a person is proven by the session that is open, in the same transaction. */
  outbox<K extends CommandKind>(entry: OutboxEntry<K>): void;
  readonly prove: Prove;
};

export type Store = {
  readonly read: Reading;
  /** Long work on one moment, in pieces that let others have their turn. */
  readonly snapshot: Snapshots['take'];
  /** One immediate transaction; an exception rolls everything back. */
  write<T>(work: (tx: Writing) => T): T;
  journalHead(): JournalHead;
  /** The whole chain, or what follows a place that is trusted. */
  checkJournal(trusted?: JournalHead): JournalCheck;
  /** The same in steps, which hold up nobody. */
  walkJournal(trusted?: JournalHead): JournalWalk;
  /** What was wiped is overwritten in the file too, not kept in the write-ahead log; where a snapshot is open, when it ends. */
  settle(): void;
  /** A consistent copy under the same key, for backups and before migrations. */
  copyTo(file: string): void;
  /** Who proves commands from now on; before that nobody does. */
  proveBy(prove: Prove): void;
  close(): void;
};

/** @param connect opens another connection to the same database, which only reads. @param settled once what was wiped is overwritten. */
export function createStore(db: SqliteDatabase, connect: () => SqliteDatabase, settled: () => void): Store {
  const { read, statement } = readingOf(db);
  const snapshots = createSnapshots(connect);
  let prove: Prove = () => null;
  const writing: Writing = {
    get: <T>(sql: string, ...params: readonly unknown[]) => statement(sql).get(...params) as T | undefined,
    all: <T>(sql: string, ...params: readonly unknown[]) => statement(sql).all(...params) as T[],
    prove: (envelope) => prove(envelope),
    run: (sql, ...params) => statement(sql).run(...params).changes,
    journal: (entry) => appendJournal(db, entry),
    outbox: (e) => {
      const payload = JSON.stringify(e.payload);
      const { id, kind, subject, actor, at } = e;
      const proven = isOfWorkstation(kind)
        ? null
        : prove({ id, kind, schemaVersion: 1, subject, actor, at, payload: JSON.parse(payload) as unknown });
      statement(
        'INSERT INTO outbox (id, subject, kind, schema_version, actor, at, payload, uploads, session, proof) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)',
      ).run(id, subject, kind, actor, at, payload, JSON.stringify(e.uploads), proven?.session ?? null, proven?.proof ?? null);
    },
  };
  return {
    read,
    snapshot: snapshots.take,
    write: (work) => db.transaction(() => work(writing)).immediate(),
    proveBy: (by) => {
      prove = by;
    },
    journalHead: () => journalHead(db),
    checkJournal: (trusted) => checkJournal(db, trusted),
    walkJournal: (trusted) => walkJournal(db, trusted),
    settle: () =>
      snapshots.whenNone(() => {
        if (!db.open) return;
        db.pragma('wal_checkpoint(TRUNCATE)');
        settled();
      }),
    copyTo: (file) => void db.prepare('VACUUM INTO ?').run(file),
    close: () => db.close(),
  };
}
