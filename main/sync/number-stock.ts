import { parseCaseNumber } from '../../shared/domain/case-number.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { Reading } from '../store/index.ts';

export type NumberStock = {
  /** Empty for incoming numbers. */
  readonly typeIndex: string;
  readonly left: number;
  /** For how many days of work it lasts at the pace of the last two weeks; null when none was used in them. */
  readonly days: number | null;
};

const LOOK_BACK_DAYS = 14;

/** What is left of the numbers leased for a year (two digits), the incoming ones first. */
export function numberStock(read: Reading, year: string, now: string): NumberStock[] {
  const left = read.all<{ typeIndex: string; left: number }>(
    `SELECT type_index AS typeIndex, sum(CASE WHEN returned_from IS NULL THEN last - next + 1 ELSE 0 END) AS left FROM number_block
     WHERE year = ? GROUP BY series, type_index ORDER BY series DESC, length(type_index), type_index`,
    year,
  );
  const used = pace(read, now);
  return left.map(({ typeIndex, left: n }) => {
    const perDay = used.get(typeIndex) ?? 0;
    return { typeIndex, left: n, days: perDay > 0 ? Math.floor(n / perDay) : null };
  });
}

/** How many numbers of each series a day of work took at this desk. */
function pace(read: Reading, now: string): Map<string, number> {
  const since = new Date(Date.parse(now) - LOOK_BACK_DAYS * 24 * 3_600_000).toISOString();
  const registered = read.all<{ at: string; caseNumber: string | null }>(
    'SELECT registered_at AS at, case_number AS caseNumber FROM filing f WHERE registered_at > ? AND EXISTS (SELECT 1 FROM talon t WHERE t.filing_id = f.id)',
    since,
  );
  const days = new Set(registered.map(({ at }) => courtDayOf(at))).size;
  const counts = new Map<string, number>();
  const count = (typeIndex: string) => counts.set(typeIndex, (counts.get(typeIndex) ?? 0) + 1);
  for (const { caseNumber } of registered) {
    count('');
    const number = caseNumber === null ? null : parseCaseNumber(caseNumber);
    if (number) count(number.typeIndex);
  }
  return new Map([...counts].map(([typeIndex, n]) => [typeIndex, n / days]));
}
