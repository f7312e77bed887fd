import { formatCaseNumber } from '../../shared/domain/case-number.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { Court } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Sql } from '../store/database.ts';

export const TRAINING_COURT: Court = { code: '9900', nameKk: 'Оқу соты', nameRu: 'Учебный суд' };
const SEEDED_CASES = 3;
const SEEDED_TYPE_INDEX = '2';

/** A few cases of the current year, so that motions and requests have one to join; new numbers begin after them. */
export async function seedTrainingCases(sql: Sql, at: string): Promise<void> {
  const year = courtDayOf(at).slice(2, 4);
  for (let sequence = 1; sequence <= SEEDED_CASES; sequence++) {
    const number = formatCaseNumber({ court: TRAINING_COURT.code, year, typeIndex: SEEDED_TYPE_INDEX, sequence });
    await sql.query('INSERT INTO court_case (number, court) VALUES ($1, $2)', [number, TRAINING_COURT.code]);
    await appendToFeed(sql, { court: TRAINING_COURT.code, kind: 'case.known', subject: number, at, data: { number, openedBy: null } });
  }
  await sql.query("INSERT INTO number_series (court, series, year, type_index, next) VALUES ($1, 'case', $2, $3, $4)", [
    TRAINING_COURT.code,
    year,
    SEEDED_TYPE_INDEX,
    SEEDED_CASES + 1,
  ]);
}
