import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../shared/result.ts';
import { LATEST_VERSION, MIGRATIONS } from './migrations/index.ts';
import { createStore, type Store } from './store.ts';

const CACHE_KIB = 64 * 1024;

/**
 * Opens the encrypted database of a profile: WAL, foreign keys, full durability, quick integrity check, migrations.
 * The key is 32 raw bytes. Errors: `database-key-wrong`, `database-damaged`, `database-newer`, `disk-full`.
 */
export function openStore(file: string, key: Uint8Array): Result<Store> {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let db: Database.Database;
  try {
    db = new Database(file);
  } catch (error) {
    return fail(isDiskFull(error) ? 'disk-full' : 'database-damaged');
  }
  try {
    unlock(db, key);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // what is deleted is overwritten
    db.pragma('secure_delete = ON');
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > LATEST_VERSION) return closing(db, fail('database-newer', { version }));
    if (version > 0 && db.pragma('quick_check(1)', { simple: true }) !== 'ok') return closing(db, fail('database-damaged'));
    if (!migrate(db, file, version)) forgetCopies(file);
    const connect = () => unlock(new Database(file, { readonly: true }), key);
    return ok(createStore(db, connect, () => forgetCopies(file)));
  } catch (error) {
    db.close();
    return classify(error);
  }
}

function unlock(db: Database.Database, key: Uint8Array): Database.Database {
  db.pragma(`key = "raw:${Buffer.from(key).toString('hex')}"`);
  db.pragma('busy_timeout = 10000');
  // an index of the whole queue stays decrypted
  db.pragma(`cache_size = -${CACHE_KIB}`);
  return db;
}

/** False when nothing was due. */
function migrate(db: Database.Database, file: string, version: number): boolean {
  const due = MIGRATIONS.filter((m) => m.version > version);
  if (due.length === 0) return false;
  if (version > 0) {
    const copy = `${file}.before-${LATEST_VERSION}`;
    if (!fs.existsSync(copy)) db.prepare('VACUUM INTO ?').run(copy);
  }
  db.transaction(() => {
    // another process may have migrated while this one waited for the lock
    const now = db.pragma('user_version', { simple: true }) as number;
    for (const m of MIGRATIONS) if (m.version > now) db.exec(m.sql);
    db.pragma(`user_version = ${LATEST_VERSION}`);
  }).immediate();
  return true;
}

/** A copy from before a migration is for the case that what was migrated does not open; once it has opened whole, nothing that is wiped may stay in one. */
function forgetCopies(file: string): void {
  const copies = `${path.basename(file)}.before-`;
  for (const name of fs.readdirSync(path.dirname(file)))
    if (name.startsWith(copies)) fs.rmSync(path.join(path.dirname(file), name), { force: true });
}

function classify(error: unknown): ReturnType<typeof fail> {
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('SQLITE_NOTADB')) return fail('database-key-wrong');
  if (code.startsWith('SQLITE_CORRUPT')) return fail('database-damaged');
  if (isDiskFull(error)) return fail('disk-full');
  throw error;
}

/** True for the codes with which SQLite and the file system say that there is no room. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL');
}

function closing<T>(db: Database.Database, result: T): T {
  db.close();
  return result;
}
