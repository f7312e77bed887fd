import type { AbsenceView, Workload } from '../../shared/contract/index.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { USUAL_NORM } from '../../shared/domain/share-work.ts';
import { colleagues, sinceDay } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import type { AbsenceKind } from './absence-kinds.ts';
import { absenceOn, normOf, shareWaiting } from './share-waiting.ts';
import { readWorkPlan, type Absence } from './work-plan.ts';

/** What everybody who works on filings has, and has done today, and what is laid down about sharing, all of one moment. */
export function readWorkload(read: Reading, absenceKinds: readonly AbsenceKind[], now: string): Workload {
  const today = courtDayOf(now);
  const plan = readWorkPlan(read);
  const names = new Map(read.all<{ id: string; name: string }>('SELECT id, name FROM app_user').map((user) => [user.id, user]));
  const toView = ({ absenceId, userId, from, until, kind, coveredBy }: Absence): AbsenceView => ({
    ...{ id: absenceId, from, until, kind, person: names.get(userId) ?? { id: userId, name: '' } },
    coveredBy: coveredBy === null ? null : (names.get(coveredBy) ?? null),
  });
  const done = new Map(
    read
      .all<{ id: string; count: number }>(
        'SELECT registered_by AS id, count(*) AS count FROM filing WHERE registered_at >= ? AND registered_by IS NOT NULL GROUP BY registered_by',
        sinceDay(today),
      )
      .map(({ id, count }) => [id, count]),
  );
  const unassigned = read.get<{ count: number }>(
    "SELECT count(*) AS count FROM filing INDEXED BY filing_open_assignee WHERE state IN ('received','checking') AND assignee IS NULL",
  )!.count;
  const people = colleagues(read, now).map((person) => {
    const away = absenceOn(plan, person.id, today);
    const norm = { count: normOf(plan, person.id), own: plan.norms.has(person.id) };
    return { ...person, doneToday: done.get(person.id) ?? 0, norm, away: away ? toView(away) : null };
  });
  return {
    ...{ asOf: now, today, unassigned, people, norm: plan.norms.get('') ?? USUAL_NORM, absenceKinds: [...absenceKinds] },
    absences: plan.absences
      .filter(({ until }) => until >= today)
      .map(toView)
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.person.name < b.person.name ? -1 : 1)),
    former: [...new Set(plan.rules.flatMap((rule) => rule.people))]
      .filter((id) => people.every((person) => person.id !== id))
      .map((id) => names.get(id) ?? { id, name: '' }),
    rules: plan.rules.map((rule) => ({ ...rule, kinds: [...rule.kinds], people: [...rule.people] })),
    shareable: shareWaiting(read, now).length,
  };
}
