import { endOfCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';

/** Court days, both inclusive. */
export type ReportPeriod = { readonly from: CourtDay; readonly until: CourtDay };

export const instantsOf = ({ from, until }: ReportPeriod) => ({
  from: new Date(Date.parse(endOfCourtDay(from)) - 24 * 3_600_000).toISOString(),
  until: new Date(endOfCourtDay(until)).toISOString(),
});
export function daysOfMonth(month: string): ReportPeriod {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);
  return { from: `${month}-01` as CourtDay, until: last as CourtDay };
}

/**
 * Of a filing that is registered: its term was over. Instants are compared as text, and the end of a term has no thousandths: without its last letter it comes
 * before every instant of its second. Null where it has no term.
 */
export const LATE = "f.registered_at >= rtrim(f.due_at, 'Z')";
