import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { sayPeriod, type Cell, type Report } from './make-report.ts';

const COURT_OFFSET_MS = 5 * 3_600_000;
const FORMATS = { instant: 'dd.mm.yyyy hh:mm', day: 'dd.mm.yyyy' } as const;
/** Sheet names have at most 31 characters and none of these. */
const sheetName = (title: string): string => title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31);

/** The table on one sheet, the counts on another. Texts are texts whatever they begin with; times are those of the court. */
export async function writeXlsx(report: Report, words: { total: string; counts: string; asOf: string }): Promise<Uint8Array> {
  const heading = report.columns.map(({ title }) => ({
    value: title,
    type: String,
    fontWeight: 'bold' as const,
    wrap: true,
    backgroundColor: '#ECEFF2',
  }));
  const table: SheetData = [heading, ...report.rows.map((row) => row.map((cell, at) => toXlsx(cell, report.columns[at]!.type)))];
  const fact = (name: string, value: string | number) => [
    { value: name, type: String },
    typeof value === 'number' ? { value, type: Number } : { value, type: String },
  ];
  const bold = (text: string) => [{ value: text, type: String, fontWeight: 'bold' as const }, null];
  const counts: SheetData = [
    bold(`${report.title}, ${sayPeriod(report.period)}`),
    fact(words.asOf, report.asOf),
    fact(words.total, report.rows.length),
    ...report.columns.filter(({ field }) => report.sums[field] !== undefined).map(({ field, title }) => fact(title, report.sums[field]!)),
    ...report.breakdowns.flatMap(({ title, counts: parts }) => [
      [null, null],
      bold(title),
      ...parts.map(({ name, count }) => fact(name, count)),
    ]),
  ];
  const buffer = await writeXlsxFile([
    {
      data: table,
      sheet: sheetName(report.title),
      columns: report.columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      ...(report.orientation === 'landscape' ? { orientation: 'landscape' as const } : {}),
    },
    { data: counts, sheet: sheetName(words.counts), columns: [{ width: 40 }, { width: 24 }] },
  ]).toBuffer();
  return new Uint8Array(buffer);
}

function toXlsx({ text, number, instant }: Cell, type: Report['columns'][number]['type']): SheetData[number][number] {
  if (text === '') return null;
  if (number !== null) return { value: number, type: Number };
  if (instant !== null && (type === 'instant' || type === 'day'))
    return { value: new Date(Date.parse(instant) + COURT_OFFSET_MS), type: Date, format: FORMATS[type] };
  return { value: text, type: String };
}
