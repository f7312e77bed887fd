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

/** RFC 4180 with semicolons, which the offices' spreadsheets expect, every text in quotes, UTF-8 with a byte order mark, CRLF. The table alone: a row is a row. */
export function writeCsv({ columns, rows }: Report): Uint8Array {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(({ text }) => text))];
  return new TextEncoder().encode(`\ufeff${lines.map((line) => line.map(quote).join(SEPARATOR)).join('\r\n')}\r\n`);
}
