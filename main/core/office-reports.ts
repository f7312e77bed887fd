import type { CourtDay } from '../../shared/domain/court-day.ts';
import type { REPORT_FORMATS } from '../../shared/domain/oversight.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { drawReport } from '../pdf/index.ts';
import {
  loadReportLayouts,
  makeReport,
  sayPeriod,
  writeCsv,
  writeXlsx,
  type Report,
  type ReportLanguage,
  type ReportWords,
} from '../reports/index.ts';
import { dateTime } from '../../shared/domain/kk-format.ts';
import type { Desk } from './desk.ts';
import { readTexts } from './texts.ts';

export type ReportFormat = (typeof REPORT_FORMATS)[number];
export type ReportRequest = { readonly id: string; readonly from: CourtDay; readonly until: CourtDay; readonly language: ReportLanguage };

/** More pages than this nobody prints; the table itself goes out whole as CSV and XLSX. */
const MOST_ROWS_ON_PAPER = 10_000;
const MOST_ROWS = 1_000_000;

/** A report from one moment of this desk. Errors: `not-found` for an unknown report, `period-wrong` when it ends before it begins. */
export function officeReport(desk: Desk, { id, from, until, language }: ReportRequest): Result<Report> {
  const layout = loadReportLayouts(desk.config.resourcesDir).find((known) => known.id === id);
  if (!layout) return fail('not-found');
  if (from > until) return fail('period-wrong');
  const asOf = desk.config.clock();
  return ok(makeReport(desk.store.read, layout, { period: { from, until }, language, asOf, words: wordsOf(desk, language) }));
}

function wordsOf(desk: Desk, language: ReportLanguage): ReportWords {
  const say = readTexts(desk.config.resourcesDir, language);
  return {
    say,
    kindName: (kind) => {
      const { nameKk, nameRu } = desk.reference.documentType(kind);
      return language === 'kk' ? nameKk : nameRu;
    },
  };
}

/**
 * The report as a file; that it was taken out, by whom and how many rows, is journalled.
 * @returns `report-too-long` when it has more rows than the format bears.
 */
export async function writeReport(
  desk: Desk,
  report: Report,
  { format, actor }: { format: ReportFormat; actor: string },
): Promise<Result<{ bytes: Uint8Array; fileName: string }>> {
  if (report.rows.length > (format === 'pdf' ? MOST_ROWS_ON_PAPER : MOST_ROWS))
    return fail('report-too-long', { rows: report.rows.length });
  const say = readTexts(desk.config.resourcesDir, report.language);
  const bytes =
    format === 'csv'
      ? writeCsv(report)
      : format === 'xlsx'
        ? await writeXlsx(report, { total: say('report.total'), counts: say('report.counts'), asOf: say('report.asOf') })
        : await drawReport(paperOf(desk, report, actor), `${desk.config.resourcesDir}/fonts`);
  const { id, period, rows } = report;
  desk.store.write((tx) =>
    tx.journal({
      at: desk.config.clock(),
      actor,
      action: 'report.exported',
      subject: null,
      details: { report: id, format, ...period, rows: rows.length },
    }),
  );
  return ok({ bytes, fileName: `${id}-${period.from}-${period.until}.${format}` });
}

function paperOf(desk: Desk, report: Report, actor: string): Parameters<typeof drawReport>[0] {
  const say = readTexts(desk.config.resourcesDir, report.language);
  const { nameKk, nameRu } = desk.profile.court;
  const by = desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', actor)?.name ?? '';
  const sums = report.columns.flatMap(({ field, title }) =>
    report.sums[field] === undefined ? [] : [[title, String(report.sums[field])] as const],
  );
  return {
    language: report.language,
    landscape: report.orientation === 'landscape',
    court: report.language === 'kk' ? nameKk : nameRu,
    title: report.title,
    facts: [
      `${say('report.period')}: ${sayPeriod(report.period)}`,
      `${say('report.asOf')}: ${dateTime(report.asOf)}. ${say('report.madeBy')}: ${by}`,
      `${say('report.total')}: ${report.rows.length}`,
    ],
    columns: report.columns.map(({ title, width, type }) => ({ title, width, number: type === 'number' })),
    rows: report.rows.map((row) => row.map(({ text }) => text)),
    empty: say('report.noData'),
    counts: [
      ...(sums.length > 0 && report.rows.length > 0 ? [{ title: say('report.sums'), parts: sums }] : []),
      ...report.breakdowns
        .filter(({ counts }) => counts.length > 0)
        .map(({ title, counts }) => ({ title, parts: counts.map(({ name, count }) => [name, String(count)] as const) })),
    ],
    foot: say('report.page'),
    mark: desk.profile.mode === 'training' ? say('training.mark') : null,
    madeAt: report.asOf,
  };
}
