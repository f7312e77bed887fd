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
