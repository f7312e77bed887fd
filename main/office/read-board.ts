import { addCourtDays, courtDayOf, endOfCourtDay } from '../../shared/domain/court-day.ts';
import type { Board } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';

const OPEN = "state IN ('received','checking')";

/** The counts that the head of office looks at first, all from one moment. */
export function readBoard(read: Reading, reference: Reference, now: string): Board {
  const today = courtDayOf(now);
  const startOfToday = new Date(Date.parse(endOfCourtDay(today)) - 24 * 3_600_000).toISOString();
  const times = {
    now,
    startOfToday,
    endOfToday: endOfCourtDay(today),
    endOfTomorrow: endOfCourtDay(addCourtDays(reference.calendar, today, 1)),
  };
  const counts = read.get<
    Record<Exclude<keyof Board, 'asOf' | 'byKind' | 'byDue' | 'byEmployee' | 'averageMinutesToRegister'>, number> & {
      averageMinutesToRegister: number | null;
    }
  >(
    `SELECT coalesce(sum(received_at >= @startOfToday), 0) AS receivedToday, coalesce(sum(registered_at >= @startOfToday), 0) AS registeredToday,
       coalesce(sum(${OPEN}), 0) AS inQueue, coalesce(sum(${OPEN} AND due_at <= @now), 0) AS overdue,
       coalesce(sum(${OPEN} AND due_at > @now AND due_at <= @endOfToday), 0) AS dueToday, coalesce(sum(flagged), 0) AS flagged,
       coalesce(sum(state = 'with-judge'), 0) AS withJudge,
       coalesce(sum(${OPEN} AND signature IN ('invalid','absent','check-signer','undecided')), 0) AS signatureProblems,
       avg(CASE WHEN registered_at >= @startOfToday THEN (julianday(registered_at) - julianday(received_at)) * 1440 END) AS averageMinutesToRegister
     FROM filing`,
    times,
  )!;
  const bucket = `CASE WHEN due_at IS NULL THEN 'none' WHEN due_at <= @now THEN 'overdue' WHEN due_at <= @endOfToday THEN 'today' WHEN due_at <= @endOfTomorrow THEN 'tomorrow' ELSE 'later' END`;
  return {
    asOf: now,
    ...counts,
    averageMinutesToRegister: counts.averageMinutesToRegister === null ? null : Math.round(counts.averageMinutesToRegister),
    byKind: read.all(`SELECT kind, count(*) AS count FROM filing WHERE ${OPEN} GROUP BY kind ORDER BY count DESC, kind`),
    byDue: read.all(
      `SELECT ${bucket} AS bucket, count(*) AS count FROM filing WHERE ${OPEN} GROUP BY bucket ORDER BY min(coalesce(due_at, '9999'))`,
      times,
    ),
    byEmployee: read.all(
      'SELECT u.name, count(*) AS registered FROM filing f JOIN app_user u ON u.id = f.registered_by WHERE f.registered_at >= @startOfToday GROUP BY u.id ORDER BY registered DESC, u.name',
      times,
    ),
  };
}
