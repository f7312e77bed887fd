import type { CourtDay } from '../../shared/domain/court-day.ts';
import { daysOfMonth, type AskedReport } from '../reports/index.ts';
import { giveWay, type Reading } from '../store/index.ts';
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

const ACTIONS = ['report.shown', 'report.exported', 'report.viewed', 'paper.print-asked', 'paper.printed', 'paper.not-printed'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** Entries that are looked through before others have their turn. */
const AT_ONCE = 10_000;

/** What was looked at, saved and printed of reports in a stretch of the journal, piece by piece; an entry whose contents are wiped tells of none. */
export async function* readReportLooks(
  read: Reading,
  { first, last, from, until }: Bounds & { readonly from: string; readonly until: string },
): AsyncGenerator<readonly ReportLook[], void> {
  for (let start = first; start <= last; start += AT_ONCE) {
    const rows = read.all<Row>(
      `SELECT seq, at, actor, action, details FROM journal WHERE action IN (SELECT value FROM json_each(@actions)) AND subject IS NULL
         AND seq BETWEEN @start AND @end AND at >= @from AND at < @until`,
      { actions: JSON.stringify(ACTIONS), start, end: Math.min(start + AT_ONCE - 1, last), from, until },
    );
    yield rows.flatMap(({ details, ...look }) => {
      const asked = askedReport(read, details);
      return asked === null ? [] : [{ ...look, asked: { ...asked, seq: look.seq } }];
    });
    await giveWay();
  }
}

/** The report that an entry is about, by its details. */
export const askedReport = (read: Reading, details: string): Omit<AskedReport, 'seq'> | null =>
  askedOf(read, JSON.parse(details) as Details);

/** Which report of which days: as it was asked for, printed by its question, or made for a month. */
function askedOf(read: Reading, { report, month, from, until, paper, id = '' }: Details): Omit<AskedReport, 'seq'> | null {
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
