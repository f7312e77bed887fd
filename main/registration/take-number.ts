import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { Series } from '../sync/index.ts';
import type { Reading, Writing } from '../store/index.ts';

/** The year of a number is the court's calendar year, UTC+5; two digits. */
export function numberYear(instant: string): string {
  return courtDayOf(instant).slice(2, 4);
}

function nextFree(read: Reading, need: Series): { id: string; next: number } | undefined {
  return read.get(
    'SELECT id, next FROM number_block WHERE series = ? AND year = ? AND type_index = ? AND next <= last AND returned_from IS NULL ORDER BY first LIMIT 1',
    need.series,
    need.year,
    need.typeIndex,
  );
}

/** The next number of the leased blocks, lowest block first; null, with nothing taken, when it or one of `also` has none left. */
export function takeNumber(tx: Writing, need: Series, also: readonly Series[]): number | null {
  const free = nextFree(tx, need);
  if (!free || also.some((n) => !nextFree(tx, n))) return null;
  tx.run('UPDATE number_block SET next = next + 1 WHERE id = ?', free.id);
  return free.next;
}
