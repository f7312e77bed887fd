import { courtDayOf } from '../../shared/domain/court-day.ts';
import { isAbsentOn, shareWork, USUAL_NORM, type Share, type ShareFiling, type SharePerson } from '../../shared/domain/share-work.ts';
import { colleagues } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import { readWorkPlan, type Absence, type WorkPlan } from './work-plan.ts';

/** Of a kind; whoever shares presses again for the rest. Where one finds nobody, no later one of its kind does. */
const MOST_AT_ONCE = 500;

/** Of the absences of a person the one that began first. */
export const absenceOn = ({ absences }: WorkPlan, person: string, day: string): Absence | undefined =>
  absences
    .filter((absence) => absence.userId === person && isAbsentOn(absence, day))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.absenceId < b.absenceId ? -1 : 1))[0];

export const normOf = ({ norms }: WorkPlan, person: string): number => norms.get(person) ?? norms.get('') ?? USUAL_NORM;

/**
 * Who would get what waits for somebody, by the court's rules and what this desk holds; the head of office has it done. What a person has open, here or
 * elsewhere, stays.
 */
export function shareWaiting(read: Reading, now: string): Share[] {
  const plan = readWorkPlan(read);
  if (!plan.rules.some(({ on }) => on)) return [];
  const today = courtDayOf(now);
  const filings = read.all<ShareFiling>(
    `SELECT id, kind, receivedAt FROM (
       SELECT id, kind, received_at AS receivedAt, row_number() OVER (PARTITION BY kind ORDER BY received_at, id) AS place
       FROM filing INDEXED BY filing_open
       WHERE state IN ('received','checking') AND assignee IS NULL
         AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.filing_id = filing.id AND l.holder IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.filing_id = filing.id AND p.holder IS NOT NULL AND p.work_until > ?)
     ) WHERE place <= ${MOST_AT_ONCE} ORDER BY receivedAt, id`,
    now,
  );
  const people = colleagues(read, now)
    .filter(({ gone }) => gone === null)
    .map(({ id, open }): SharePerson => {
      const absence = absenceOn(plan, id, today);
      return { id, open, norm: normOf(plan, id), absent: absence !== undefined, coveredBy: absence?.coveredBy ?? null };
    });
  return shareWork({ filings, people, rules: plan.rules });
}
