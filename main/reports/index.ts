/** Reports and journals of the office: read by a layout that is data, written as CSV, XLSX or pages. */
export { breakdownsOf, makeReport, sayPeriod, type Cell, type Report, type ReportLanguage, type ReportWords } from './make-report.ts';
export { loadReportLayouts, type ReportLayout } from './report-layouts.ts';
export { daysOfMonth, instantsOf, type ReportPeriod } from './report-period.ts';
export { reportsHolding, type AskedReport } from './shown-filings.ts';
export { writeCsv } from './write-csv.ts';
export { writeXlsx } from './write-xlsx.ts';
