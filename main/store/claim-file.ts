import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * Takes a file for this process alone, also against other parts of this process; null while somebody has it. The operating system gives
 * it back when the process ends, however it ends: it is the lock of an empty database that nothing is ever written to.
 */
export function claimFile(file: string): (() => void) | null {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return () => db.close();
}
