import { createHash } from 'node:crypto';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { openDataKey, profilePaths } from '../../../main/store/index.ts';

function keyOf(profileDir: string): string {
  const key = openDataKey(profileDir, { kind: 'open' });
  if (!key.ok) throw new Error(key.error.code);
  return Buffer.from(key.value).toString('hex');
}

function openRaw(file: string, key: string): Database.Database {
  const db = new Database(file);
  db.pragma(`key = "raw:${key}"`);
  return db;
}

/** Gives a copied database of one profile the data key of another. */
export function reseal(file: string, from: string, to: string): void {
  const db = openRaw(file, keyOf(from));
  db.pragma('journal_mode = DELETE');
  db.pragma(`rekey = "raw:${keyOf(to)}"`);
  db.close();
}

/** Opens the database of a profile as somebody would who has its key and none of our code, with the guards against changes gone. */
export function editDatabase(profileDir: string, work: (db: Database.Database) => void): void {
  const db = openRaw(profilePaths(profileDir).database, keyOf(profileDir));
  db.exec('DROP TRIGGER IF EXISTS journal_no_update; DROP TRIGGER IF EXISTS journal_no_delete;');
  work(db);
  db.close();
}

/** Puts a file in the place of the database of a profile whose desk is closed. */
export function replaceDatabase(profileDir: string, file: string): void {
  const { database } = profilePaths(profileDir);
  for (const ending of ['-wal', '-shm']) fs.rmSync(database + ending, { force: true });
  fs.copyFileSync(file, database);
}

type Entry = { seq: number; at: string; actor: string | null; action: string; subject: string | null; details: string };

/** Writes the chain anew from an entry on, as a careful forger would. */
export function rechain(db: Database.Database, from: number): void {
  const rows = db.prepare('SELECT seq, at, actor, action, subject, details FROM journal WHERE seq >= ? ORDER BY seq').all(from) as Entry[];
  let previous =
    (db.prepare('SELECT hash FROM journal WHERE seq = ?').get(from - 1) as { hash: string } | undefined)?.hash ?? '0'.repeat(64);
  for (const e of rows) {
    const hash = createHash('sha256')
      .update(JSON.stringify([previous, e.seq, e.at, e.actor, e.action, e.subject, e.details]))
      .digest('hex');
    db.prepare('UPDATE journal SET previous = ?, hash = ? WHERE seq = ?').run(previous, hash, e.seq);
    previous = hash;
  }
}
