import readXlsxFile from 'read-excel-file/universal';
import type { DocumentBlock, SafeDocument } from '../../../shared/contract/index.ts';
import { MAX_CELL_CHARACTERS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, MAX_SHEETS } from '../reading-limits.ts';
import { findWarnings } from './find-warnings.ts';
import { packStored, type Archive } from './open-archive.ts';
import { Unreadable } from './unreadable.ts';

const SHEET_OF_BOOK = /<(?:\w+:)?sheet\s/g;

export type Workbook = { readonly sheets: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[] };

/** The values that are kept in the cells, as text: nothing is computed. Throws Unreadable: `malformed`, `limit-parts`. */
export async function readWorkbook({ xml }: Archive): Promise<Workbook> {
  const book = xml.get('xl/workbook.xml')?.toString('utf8') ?? '';
  if ((book.match(SHEET_OF_BOOK)?.length ?? 0) > MAX_SHEETS) throw new Unreadable('limit-parts');
  const packed = packStored(xml);
  try {
    const sheets = await readXlsxFile(Uint8Array.from(packed).buffer, { parseNumber: (text) => text });
    return { sheets: sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(valueText)) })) };
  } catch {
    throw new Unreadable('malformed');
  }
}

/** A workbook as one table per sheet. */
export async function readXlsx(archive: Archive): Promise<SafeDocument> {
  const { sheets } = await readWorkbook(archive);
  const blocks = sheets.map(({ name, rows }): DocumentBlock => ({
    type: 'sheet',
    name,
    rows: rows
      .slice(0, MAX_SHEET_ROWS)
      .map((row) =>
        row
          .slice(0, MAX_SHEET_COLUMNS)
          .map((cell) => (cell.length > MAX_CELL_CHARACTERS ? `${cell.slice(0, MAX_CELL_CHARACTERS)}…` : cell)),
      ),
    hiddenRows: Math.max(0, rows.length - MAX_SHEET_ROWS),
  }));
  const wide = sheets.some(({ rows }) => rows.some((row) => row.length > MAX_SHEET_COLUMNS));
  return { blocks, warnings: findWarnings(archive), cut: wide || sheets.some(({ rows }) => rows.length > MAX_SHEET_ROWS) };
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A workbook knows no time zone; the library gives its dates as UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const [day, time] = date.toISOString().split('T') as [string, string];
  const [year, month, dayOfMonth] = day.split('-');
  const written = `${dayOfMonth}.${month}.${year}`;
  return time.startsWith('00:00:00') ? written : `${written} ${time.slice(0, 5)}`;
}
