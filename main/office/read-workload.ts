import type { Workload } from '../../shared/contract/index.ts';
import { courtDayOf, startOfCourtDay } from '../../shared/domain/court-day.ts';
import { colleagues } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';

/** What everybody who works on filings has, and has done today, all of one moment. */
export function readWorkload(read: Reading, now: string): Workload {
  const today = courtDayOf(now);
  const done = new Map(
    read
      .all<{ id: string; count: number }>(
        'SELECT registered_by AS id, count(*) AS count FROM filing WHERE registered_at >= ? AND registered_by IS NOT NULL GROUP BY registered_by',
        startOfCourtDay(today),
      )
      .map(({ id, count }) => [id, count]),
  );
  const unassigned = read.get<{ count: number }>(
    "SELECT count(*) AS count FROM filing INDEXED BY filing_open_assignee WHERE state IN ('received','checking') AND assignee IS NULL",
  )!.count;
  const people = colleagues(read, now).map((person) => ({ ...person, doneToday: done.get(person.id) ?? 0 }));
  return { asOf: now, today, unassigned, people };
}
