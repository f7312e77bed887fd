import type { MadeReport, ReportSchedule } from '../../shared/contract/index.ts';
import { addCourtDays, courtDayOf, isCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import { formerOf } from '../../shared/domain/former.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { daysOfMonth, loadReportLayouts } from '../reports/index.ts';
import { readSetting, writeSetting, type Reading, type Writing } from '../store/index.ts';
import type { Desk } from './desk.ts';
import { nameOf, officeReport, reportBytes } from './office-reports.ts';

type Chosen = { readonly report: string; readonly language: 'kk' | 'ru'; readonly from_month: string; readonly chosen_by: string };
/** The court day, by the registry's time, up to which this desk has last read all that there was. */
const READ_ON = 'report.read-on';
/** A desk that was off for longer makes the last ones alone. */
const MOST_MONTHS = 12;

export function readSchedule(read: Reading): ReportSchedule {
  const chosen = read.all<Chosen>('SELECT * FROM report_schedule ORDER BY report');
  return { reports: chosen.map(({ report }) => report), language: chosen[0]?.language ?? 'kk' };
}

/** Which reports are made from this month on, the first when it is over. Errors: `not-found` for a report that there is none of. */
export function setSchedule(desk: Desk, { reports, language }: ReportSchedule, actor: string): Result<ReportSchedule> {
  const known = new Set(loadReportLayouts(desk.config.resourcesDir).map(({ id }) => id));
  if (reports.some((report) => !known.has(report))) return fail('not-found');
  const at = desk.config.clock();
  return desk.store.write((tx) => {
    const was = readSchedule(tx);
    tx.run('DELETE FROM report_schedule WHERE report NOT IN (SELECT value FROM json_each(?))', JSON.stringify(reports));
    for (const report of reports)
      tx.run(
        `INSERT INTO report_schedule (report, language, from_month, chosen_by, chosen_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (report) DO UPDATE SET language = excluded.language, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`,
        ...[report, language, monthOf(courtDayOf(at)), actor, at],
      );
    const now = readSchedule(tx);
    const details = { ...factsOf(now), ...formerOf(factsOf(now), factsOf(was)) };
    tx.journal({ at, actor, action: 'report.scheduled', subject: null, details });
    return ok(now);
  });
}

/** Where nothing is chosen, no language is. */
const factsOf = ({ reports, language }: ReportSchedule) => ({ reports: reports.join(' '), language: reports.length === 0 ? '' : language });

/** The desk has read the feed to its end; `time` is what the registry said when it began. */
export function notePulled(tx: Writing, time: string): void {
  const day = courtDayOf(time);
  if (readSetting<string>(tx, READ_ON) !== day) writeSetting(tx, READ_ON, day);
}

/**
 * Makes what is due: the reports of every month that is over, from the first working day of the next on, by the clock and by what the registry told
 * since, for a report is made once and a desk that has not read on would leave things out. What was made is kept encrypted and journalled
 * in one transaction, so that a program that ends before it makes it anew and one that ends after it makes it no more. Answers how many were made.
 */
export async function makeScheduledReports(desk: Desk): Promise<Result<number>> {
  let made = 0;
  for (const { month, ...chosen } of dueReports(desk)) {
    const report = await officeReport(desk, { id: chosen.report, language: chosen.language, ...daysOfMonth(month) });
    if (!report.ok) continue; // the office data has it no more
    const madeBy = nameOf(desk, chosen.chosen_by);
    const xlsx = await keep(desk, await reportBytes(desk, report.value, { format: 'xlsx', madeBy }));
    if (!xlsx.ok) return xlsx;
    const pdf = await keep(desk, await reportBytes(desk, report.value, { format: 'pdf', madeBy }));
    if (!pdf.ok && pdf.error.code !== 'report-too-long') return pdf;
    const pages = pdf.ok ? pdf.value : null;
    const at = desk.config.clock();
    made += desk.store.write((tx) => {
      const kept = tx.run(
        `INSERT INTO made_report (id, month, report, title, language, made_at, rows, pdf_sha256, pdf_size, xlsx_sha256, xlsx_size)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (month, report) DO NOTHING`,
        ...[desk.config.newId(), month, chosen.report, report.value.title, chosen.language, at, report.value.rows.length],
        ...[pages?.sha256 ?? null, pages?.size ?? null, xlsx.value.sha256, xlsx.value.size],
      );
      const details = { report: chosen.report, month, language: chosen.language, rows: report.value.rows.length };
      if (kept > 0) tx.journal({ at, actor: null, action: 'report.made', subject: null, details });
      return kept;
    });
  }
  return ok(made);
}

const keep = async (desk: Desk, bytes: Result<Uint8Array>) => (bytes.ok ? desk.blobs.putBytes(bytes.value) : bytes);

function dueReports({ store, reference, config }: Desk): (Chosen & { readonly month: string })[] {
  const chosen = store.read.all<Chosen>('SELECT * FROM report_schedule ORDER BY report');
  if (chosen.length === 0) return [];
  const readOn = readSetting<CourtDay>(store.read, READ_ON);
  if (readOn === null) return [];
  const clock = courtDayOf(config.clock());
  const today = readOn < clock ? readOn : clock;
  const { calendarOn } = reference.workingTime;
  const first = `${monthOf(today)}-01` as CourtDay;
  const begins = isCourtDay(calendarOn(first), first) ? first : addCourtDays(calendarOn(first), first, 1);
  const last = monthsBefore(monthOf(today), today >= begins ? 1 : 2);
  const made = new Set(
    store.read
      .all<{ month: string; report: string }>('SELECT month, report FROM made_report')
      .map(({ month, report }) => `${month} ${report}`),
  );
  return Array.from({ length: MOST_MONTHS }, (_, back) => monthsBefore(last, MOST_MONTHS - 1 - back)).flatMap((month) =>
    chosen.filter(({ report, from_month: from }) => month >= from && !made.has(`${month} ${report}`)).map((each) => ({ ...each, month })),
  );
}

const monthOf = (day: CourtDay): string => day.slice(0, 7);
function monthsBefore(month: string, back: number): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return new Date(Date.UTC(year, number - 1 - back, 1)).toISOString().slice(0, 7);
}

type Row = Omit<MadeReport, 'seen' | 'pages'> & { readonly seen: number; readonly pages: number };

/** What was made, the newest first. */
export const listMade = (read: Reading): MadeReport[] =>
  read
    .all<Row>(
      `SELECT id, month, report, title, language, made_at AS madeAt, rows, seen_at IS NOT NULL AS seen, pdf_sha256 IS NOT NULL AS pages
       FROM made_report ORDER BY month DESC, report`,
    )
    .map((row) => ({ ...row, seen: row.seen === 1, pages: row.pages === 1 }));

/** The stored file of a made report, seen from now on. Errors: `not-found`, also for pages that it has not. */
export function takeMade(desk: Desk, { id, format }: { readonly id: string; readonly format: 'pdf' | 'xlsx' }) {
  const row = desk.store.read.get<{ report: string; month: string; sha256: string | null; size: number | null }>(
    `SELECT report, month, ${format}_sha256 AS sha256, ${format}_size AS size FROM made_report WHERE id = ?`,
    id,
  );
  if (!row || row.sha256 === null || row.size === null) return fail('not-found');
  desk.store.write((tx) => tx.run('UPDATE made_report SET seen_at = ? WHERE id = ? AND seen_at IS NULL', desk.config.clock(), id));
  const { report, month, sha256, size } = row;
  return ok({ report, month, sha256, size, fileName: `${report}-${month}.${format}` });
}
