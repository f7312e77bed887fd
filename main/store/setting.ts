import type { Reading } from './snapshot.ts';
import type { Writing } from './store.ts';

/** Small values of the profile, JSON by key. */
export function readSetting<T>(read: Reading, key: string): T | null {
  const row = read.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', key);
  return row ? (JSON.parse(row.value) as T) : null;
}

export function writeSetting(tx: Writing, key: string, value: unknown): void {
  tx.run(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(value),
  );
}
