import type { CourtDay } from '../../shared/domain/court-day.ts';
import { daysOfMonth, type AskedReport } from '../reports/index.ts';
import type { Reading } from '../store/index.ts';
import type { Bounds } from './period-bounds.ts';

/** An entry about a report that somebody had before him or took out. */
export type ReportLook = {
  readonly seq: number;
  readonly at: string;
  readonly actor: string | null;
  readonly action: string;
  readonly asked: AskedReport;
};
type Row = Omit<ReportLook, 'asked'> & { readonly details: string };
type Details = { readonly [name in 'report' | 'month' | 'from' | 'until' | 'paper' | 'id']?: string };

const ACTIONS = ['report.shown', 'report.exported', 'report.viewed', 'paper.printed', 'paper.not-printed'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** What was looked at, saved and printed of reports in a stretch of the journal; an entry whose contents are wiped tells of none. */
export function readReportLooks(
  read: Reading,
  { first, last, from, until }: Bounds & { readonly from: string; readonly until: string },
): ReportLook[] {
  return read
    .all<Row>(
      `SELECT seq, at, actor, action, details FROM journal WHERE action IN (SELECT value FROM json_each(@actions)) AND subject IS NULL
         AND seq BETWEEN @first AND @last AND at >= @from AND at < @until`,
      { actions: JSON.stringify(ACTIONS), first, last, from, until },
    )
    .flatMap(({ details, ...look }) => {
      const asked = askedOf(read, JSON.parse(details) as Details);
      return asked === null ? [] : [{ ...look, asked: { ...asked, at: look.at } }];
    });
}

/** Which report of which days: as it was asked for, printed by its question, or made for a month. */
function askedOf(read: Reading, { report, month, from, until, paper, id = '' }: Details): Omit<AskedReport, 'at'> | null {
  if (paper === 'report') {
    const [printed, since, end] = id.split('/');
    return askedOf(read, { report: printed, from: since, until: end } as Details);
  }
  if (paper === 'made-report') {
    const made = read.get<{ report: string; month: string }>('SELECT report, month FROM made_report WHERE id = ?', id);
    return made ? askedOf(read, made) : null;
  }
  if (report === undefined) return null;
  if (month !== undefined && MONTH.test(month)) return { report, period: daysOfMonth(month) };
  return from !== undefined && until !== undefined && DAY.test(from) && DAY.test(until)
    ? { report, period: { from: from as CourtDay, until: until as CourtDay } }
    : null;
}
