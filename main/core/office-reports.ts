import type { CourtDay } from '../../shared/domain/court-day.ts';
import { FILINGS_OF_PATTERN, type REPORT_FORMATS } from '../../shared/domain/oversight.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readPatterns, sayPattern } from '../fairness/index.ts';
import { drawReport } from '../pdf/index.ts';
import {
  breakdownsOf,
  instantsOf,
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
import { giveWay, type Snapshot } from '../store/index.ts';
import type { Desk } from './desk.ts';
import { readTexts } from './texts.ts';

export type ReportFormat = (typeof REPORT_FORMATS)[number];
export type ReportRequest = {
  readonly id: string;
  readonly from: CourtDay;
  readonly until: CourtDay;
  readonly language: ReportLanguage;
  /** A field to break it down by; absent: as the layout has it. */
  readonly by?: string | undefined;
};

/** More pages than this nobody prints; the table itself goes out whole as CSV and XLSX. */
const MOST_ROWS_ON_PAPER = 10_000;
const MOST_ROWS = 1_000_000;

/** A report from one moment of this desk. Errors: `not-found` for an unknown report, `input-invalid` for a breakdown that it has not, `period-wrong` when it ends before it begins. */
export async function officeReport(desk: Desk, { id, from, until, language, by }: ReportRequest): Promise<Result<Report>> {
  const layout = loadReportLayouts(desk.config.resourcesDir).find((known) => known.id === id);
  if (!layout) return fail('not-found');
  if (by !== undefined && !breakdownsOf(layout).includes(by)) return fail('input-invalid', { field: 'by' });
  if (from > until) return fail('period-wrong');
  const asOf = desk.config.clock();
  const making = { reference: desk.reference, period: { from, until }, language, asOf, words: wordsOf(desk, language), by };
  return ok(await desk.store.snapshot((read) => makeReport(read, layout, making)));
}

/** The names of the reports that the office data has, and of what each can be broken down by. */
export function listReports(desk: Desk) {
  return loadReportLayouts(desk.config.resourcesDir).map((layout) => {
    const titleOf = (field: string, language: ReportLanguage) =>
      layout.columns.find((column) => column.field === field)?.[language] ??
      readTexts(desk.config.resourcesDir, language)(`report.field.${field}`);
    return {
      ...{ id: layout.id, section: layout.section, kk: layout.kk, ru: layout.ru },
      breakdowns: breakdownsOf(layout).map((field) => ({ field, kk: titleOf(field, 'kk'), ru: titleOf(field, 'ru') })),
    };
  });
}

/** What the rules of the fairness ledger point at, each as a sentence with its numbers. Errors: `period-wrong`. */
export async function fairnessPatterns(
  desk: Desk,
  { from, until, language }: Pick<ReportRequest, 'from' | 'until'> & { readonly language: 'kk' | 'ru' | 'en' },
) {
  if (from > until) return fail('period-wrong');
  const asOf = desk.config.clock();
  const kindName = (kind: string) => {
    const { nameKk, nameRu, nameEn } = desk.reference.documentType(kind);
    return { kk: nameKk, ru: nameRu, en: nameEn }[language];
  };
  const numberOf = (read: Snapshot, id: string) =>
    read.get<{ number: string }>("SELECT coalesce(incoming_number, cabinet_number, '') AS number FROM filing WHERE id = ?", id)?.number ??
    '';
  const patterns = await desk.store.snapshot(async (read) => {
    const found = await readPatterns(read, desk.reference, { span: instantsOf({ from, until }), now: asOf });
    return found.map((pattern) => ({
      rule: pattern.rule.id,
      sentence: sayPattern(pattern, language, kindName),
      total: pattern.filingIds.length,
      filings: pattern.filingIds.slice(0, FILINGS_OF_PATTERN).map((id) => ({ id, number: numberOf(read, id) })),
    }));
  });
  return ok({ asOf, patterns });
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

/** The report as a file. Errors: `report-too-long` when it has more rows than the format bears. */
export async function reportBytes(
  desk: Desk,
  report: Report,
  { format, madeBy }: { readonly format: ReportFormat; readonly madeBy: string },
): Promise<Result<Uint8Array>> {
  const { rows, language } = report;
  if (rows.length > (format === 'pdf' ? MOST_ROWS_ON_PAPER : MOST_ROWS)) return fail('report-too-long', { rows: rows.length });
  const say = readTexts(desk.config.resourcesDir, language);
  switch (format) {
    case 'csv':
      return ok(await writeCsv(marked(desk, report)));
    case 'xlsx':
      return ok(
        await writeXlsx(marked(desk, report), {
          total: say('report.total'),
          counts: say('report.counts'),
          asOf: say('report.asOf'),
          by: say('report.by'),
        }),
      );
    case 'pdf':
      return ok(await drawReport(paperOf(desk, report, madeBy), `${desk.config.resourcesDir}/fonts`, giveWay));
  }
}

/** Every row of a table that training made says so, however it is sorted or cut. */
function marked({ profile, config }: Desk, report: Report): Report {
  if (profile.mode !== 'training') return report;
  const text = readTexts(config.resourcesDir, report.language)('training.mark');
  return {
    ...report,
    columns: [...report.columns, { field: 'training', title: text, width: 10, type: 'text' }],
    rows: report.rows.map((row) => [...row, { text, number: null, instant: null }]),
  };
}

/** The report as a file of a person; `noteReportTaken` is to be told before it leaves. Errors: those of `reportBytes`. */
export async function reportFile(
  desk: Desk,
  report: Report,
  { format, actor }: { format: ReportFormat; actor: string },
): Promise<Result<{ bytes: Uint8Array; fileName: string }>> {
  const made = await reportBytes(desk, report, { format, madeBy: nameOf(desk, actor) });
  return made.ok ? ok({ bytes: made.value, fileName: fileNameOf(report, format) }) : made;
}

/** Journals that a report is taken out: which one, by whom and how many rows. */
export function noteReportTaken(desk: Desk, report: Report, { format, actor }: { format: ReportFormat; actor: string }): void {
  const { id, period, rows, by } = report;
  desk.store.write((tx) =>
    tx.journal({
      at: desk.config.clock(),
      actor,
      action: 'report.exported',
      subject: null,
      details: { report: id, format, ...period, ...(by && { by: by.field }), rows: rows.length },
    }),
  );
}

export const fileNameOf = ({ id, period }: Pick<Report, 'id' | 'period'>, format: ReportFormat): string =>
  `${id}-${period.from}-${period.until}.${format}`;
export const nameOf = ({ store }: Desk, user: string): string =>
  store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', user)?.name ?? '';

function paperOf(desk: Desk, report: Report, madeBy: string): Parameters<typeof drawReport>[0] {
  const say = readTexts(desk.config.resourcesDir, report.language);
  const { nameKk, nameRu } = desk.profile.court;
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
      `${say('report.asOf')}: ${dateTime(report.asOf)}. ${say('report.madeBy')}: ${madeBy}`,
      ...(report.by ? [`${say('report.by')}: ${report.by.title}`] : []),
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
