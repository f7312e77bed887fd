import { giveWay } from '../store/index.ts';
import type { Report } from './make-report.ts';

/**
 * Values that a spreadsheet would take for a formula get an apostrophe before them, as it hides one itself: the plain and the full-width
 * signs, and what a tab or a line end could hide. Negative numbers are numbers and stay.
 */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20|]/u;
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
export const withoutFormula = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

const SEPARATOR = ';';
/** What another program may take for the end of a field: behind it nothing begins like a formula either. */
const INNER_FORMULA = /([,\t;])([\s\p{Cc}]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20|])/gu;
const quote = (text: string): string => {
  const safe = withoutFormula(text).replaceAll(INNER_FORMULA, (_, separator: string, space: string) => `${separator}${space}'`);
  return NUMBER.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`;
};

/** Rows that are written before others have their turn. */
const AT_ONCE = 1000;

/** RFC 4180 with semicolons, which the offices' spreadsheets expect, every text in quotes, UTF-8 with a byte order mark, CRLF. The table alone: a row is a row. */
export async function writeCsv({ columns, rows }: Report): Promise<Uint8Array> {
  const lineOf = (texts: readonly string[]) => `${texts.map(quote).join(SEPARATOR)}\r\n`;
  const parts = [Buffer.from(`\ufeff${lineOf(columns.map(({ title }) => title))}`)];
  for (let n = 0; n < rows.length; n += AT_ONCE) {
    const piece = rows.slice(n, n + AT_ONCE).map((row) => lineOf(row.map(({ text }) => text)));
    parts.push(Buffer.from(piece.join('')));
    await giveWay();
  }
  return new Uint8Array(Buffer.concat(parts));
}
