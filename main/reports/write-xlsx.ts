import { dateTime } from '../../shared/domain/kk-format.ts';
import { sayPeriod, type Cell, type Report } from './make-report.ts';
import { writeWorkbook, type SheetRow } from './write-workbook.ts';

const COURT_OFFSET_MS = 5 * 3_600_000;
/** The days from the one that a spreadsheet counts from to that of the clock. */
const DAYS_BEFORE = 25_569;
const DAY_MS = 24 * 3_600_000;
/** A table that fits a page as PDF fits one here; a column of times is never too narrow to be read. */
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
function heightOf(texts: readonly string[], widths: readonly number[]): number {
  const lines = texts.map((text, at) => linesOf(text, Math.floor(widths[at]! * LETTERS_TO_WIDTH)));
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
/** Sheet names have at most 31 characters and none of these. */
const sheetName = (title: string): string => title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31);

/** The table on one sheet, the counts on another. Texts are texts whatever they begin with; times are those of the court. */
export function writeXlsx(report: Report, words: { total: string; counts: string; asOf: string; by: string }): Promise<Uint8Array> {
  const widths = report.columns.map(widthOf);
  const landscape = report.orientation === 'landscape';
  return writeWorkbook([
    { name: sheetName(report.title), widths, landscape, heading: true, rows: tableOf(report, widths) },
    { name: sheetName(words.counts), widths: [40, 24], landscape: false, heading: false, rows: countsOf(report, words) },
  ]);
}

function* tableOf({ columns, rows }: Report, widths: readonly number[]): Generator<SheetRow> {
  const titles = columns.map(({ title }) => title);
  yield { height: heightOf(titles, widths), cells: titles.map((value) => ({ value, look: 'heading' })) };
  for (const row of rows) {
    // times and numbers stand on one line
    const texts = row.map(({ text }, at) => (columns[at]!.type === 'text' ? text : ''));
    yield { height: heightOf(texts, widths), cells: row.map((cell, at) => toXlsx(cell, columns[at]!.type)) };
  }
}

function toXlsx({ text, number, instant }: Cell, type: Report['columns'][number]['type']): SheetRow['cells'][number] {
  if (text === '') return null;
  if (number !== null) return { value: number, look: 'number' };
  if (instant !== null && (type === 'instant' || type === 'day'))
    return { value: (Date.parse(instant) + COURT_OFFSET_MS) / DAY_MS + DAYS_BEFORE, look: type };
  return { value: text, look: 'text' };
}

function countsOf(report: Report, words: { total: string; asOf: string; by: string }): SheetRow[] {
  const fact = (...values: readonly (string | number)[]): SheetRow => ({ cells: values.map((value) => ({ value, look: 'plain' })) });
  const bold = (value: string): SheetRow => ({ cells: [{ value, look: 'bold' }] });
  return [
    bold(`${report.title}, ${sayPeriod(report.period)}`),
    fact(words.asOf, dateTime(report.asOf)),
    ...(report.by ? [fact(words.by, report.by.title)] : []),
    fact(words.total, report.rows.length),
    ...report.columns.filter(({ field }) => report.sums[field] !== undefined).map(({ field, title }) => fact(title, report.sums[field]!)),
    ...report.breakdowns.flatMap(({ title, counts }) => [fact(), bold(title), ...counts.map(({ name, count }) => fact(name, count))]),
  ];
}
