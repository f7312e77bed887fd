import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { dateTime } from '../../shared/domain/kk-format.ts';
import { sayPeriod, type Cell, type Report } from './make-report.ts';

const COURT_OFFSET_MS = 5 * 3_600_000;
/** Small enough that a table which fits a page as PDF fits one here; a column of times is never too narrow to be read. */
const FONT_SIZE = 9;
const WIDTH_FACTOR = 0.8;
const LEAST_WIDTH = { instant: 15.5, day: 10.5, number: 8, text: 8 } as const;
/** Letters of the small font to a unit of width, which is a letter of the usual one; few rather than many, so that nothing is cut. */
const LETTERS_TO_WIDTH = 1.05;
/** No word of a heading, which is bold, is broken. */
function widthOf({ title, width, type }: Report['columns'][number]): number {
  const longest = Math.max(...title.split(' ').map((word) => word.length));
  return Math.max(LEAST_WIDTH[type], Math.round(width * WIDTH_FACTOR), Math.ceil(longest / LETTERS_TO_WIDTH) + 1);
}
const LINE_POINTS = 12.5;
/** No row of a spreadsheet is higher. */
const MOST_POINTS = 409;
/** Rows get the height of what they say: not every program measures it when it opens a file. */
function heightOf(texts: readonly string[], columns: Report['columns']): number {
  const lines = texts.map((text, at) => linesOf(text, Math.floor(widthOf(columns[at]!) * LETTERS_TO_WIDTH)));
  return Math.min(Math.max(1, ...lines) * LINE_POINTS + 2, MOST_POINTS);
}
function linesOf(text: string, letters: number): number {
  let [lines, used] = [1, 0];
  for (const word of text.split(' ')) {
    const whole = used + (used > 0 ? 1 : 0) + word.length;
    if (whole <= letters) used = whole;
    else {
      lines += (used > 0 ? 1 : 0) + Math.ceil(word.length / letters) - 1;
      used = word.length % letters || letters;
    }
  }
  return lines;
}
const FORMATS = { instant: 'dd.mm.yyyy hh:mm', day: 'dd.mm.yyyy' } as const;
/** Sheet names have at most 31 characters and none of these. */
const sheetName = (title: string): string => title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31);

const fitToWidth = (xml: string) =>
  xml
    .replace(/<worksheet[^>]*>/, (open) => `${open}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
    .replace('<pageSetup ', '<pageSetup fitToHeight="0" ');
/** On paper a lying table is never wider than the page, whatever fonts the program that prints it has; an upright one is narrow. */
const FIT_TO_WIDTH = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml: string) => (xml.includes('<pageSetup ') ? fitToWidth(xml) : xml),
      },
    },
  },
};

/** The table on one sheet, the counts on another. Texts are texts whatever they begin with; times are those of the court. */
export async function writeXlsx(report: Report, words: { total: string; counts: string; asOf: string; by: string }): Promise<Uint8Array> {
  const headingHeight = heightOf(
    report.columns.map(({ title }) => title),
    report.columns,
  );
  const heading = report.columns.map(({ title }) => ({
    height: headingHeight,
    value: title,
    type: String,
    fontWeight: 'bold' as const,
    fontSize: FONT_SIZE,
    alignVertical: 'top' as const,
    wrap: true,
    backgroundColor: '#ECEFF2',
  }));
  const table: SheetData = [heading, ...report.rows.map((row) => toRow(row, report.columns))];
  const fact = (name: string, value: string | number) => [
    { value: name, type: String },
    typeof value === 'number' ? { value, type: Number } : { value, type: String },
  ];
  const bold = (text: string) => [{ value: text, type: String, fontWeight: 'bold' as const }, null];
  const counts: SheetData = [
    bold(`${report.title}, ${sayPeriod(report.period)}`),
    fact(words.asOf, dateTime(report.asOf)),
    ...(report.by ? [fact(words.by, report.by.title)] : []),
    fact(words.total, report.rows.length),
    ...report.columns.filter(({ field }) => report.sums[field] !== undefined).map(({ field, title }) => fact(title, report.sums[field]!)),
    ...report.breakdowns.flatMap(({ title, counts: parts }) => [
      [null, null],
      bold(title),
      ...parts.map(({ name, count }) => fact(name, count)),
    ]),
  ];
  const buffer = await writeXlsxFile(
    [
      {
        data: table,
        sheet: sheetName(report.title),
        columns: report.columns.map((column) => ({ width: widthOf(column) })),
        stickyRowsCount: 1,
        ...(report.orientation === 'landscape' ? { orientation: 'landscape' as const } : {}),
      },
      { data: counts, sheet: sheetName(words.counts), columns: [{ width: 40 }, { width: 24 }] },
    ],
    { features: [FIT_TO_WIDTH] },
  ).toBuffer();
  return new Uint8Array(buffer);
}

function toRow(row: readonly Cell[], columns: Report['columns']): SheetData[number] {
  // times and numbers stand on one line
  const height = heightOf(
    row.map(({ text }, at) => (columns[at]!.type === 'text' ? text : '')),
    columns,
  );
  return row.map((cell, at) => toXlsx(cell, columns[at]!.type, height));
}

function toXlsx({ text, number, instant }: Cell, type: Report['columns'][number]['type'], height: number): SheetData[number][number] {
  if (text === '') return null;
  const look = { fontSize: FONT_SIZE, alignVertical: 'top' as const, height };
  if (number !== null) return { value: number, type: Number, ...look };
  if (instant !== null && (type === 'instant' || type === 'day'))
    return { value: new Date(Date.parse(instant) + COURT_OFFSET_MS), type: Date, format: FORMATS[type], align: 'left', ...look };
  return { value: text, type: String, wrap: true, ...look };
}
