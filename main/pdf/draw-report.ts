import { A4, GREY, INK, clamp, openSheet, printable, type FontName, type Sheet, type Struct } from './sheet.ts';
import { drawTrainingGround } from './training-mark.ts';

/** A table of the office as pages. All texts are in the language of the report. */
export type ReportContent = {
  readonly language: 'kk' | 'ru';
  readonly landscape: boolean;
  readonly court: string;
  readonly title: string;
  /** Lines under the title: period, as of when, made by whom. */
  readonly facts: readonly string[];
  readonly columns: readonly { readonly title: string; readonly width: number; readonly number: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** Said instead of the table when it has no rows. */
  readonly empty: string;
  /** Counts under the table. */
  readonly counts: readonly { readonly title: string; readonly parts: readonly (readonly [string, string])[] }[];
  /** `{page}` and `{pages}` are filled in. */
  readonly foot: string;
  /** Said on every page of a training report. */
  readonly mark: string | null;
  readonly madeAt: string;
};

const MARGIN = 36;
const PAD = 3;
const SIZE = 8;
/** A name longer than this ends in an ellipsis; the whole is in the table that the report is made of. */
const MOST_LINES = 3;
const FOOT = 26;

type Page = { readonly width: number; readonly bottom: number };
type Column = { readonly x: number; readonly width: number; readonly number: boolean };
type Pen = { readonly sheet: Sheet; readonly page: Page; y: number };

/**
 * Draws a report as A4 pages, the head of the table on each: tagged PDF/A-2a.
 * @param fontsDir the folder of the Tinos files.
 * @param giveWay lets others have their turn, after every few rows.
 */
export async function drawReport(content: ReportContent, fontsDir: string, giveWay: () => Promise<void>): Promise<Uint8Array> {
  const [width, height] = content.landscape ? [A4.height, A4.width] : [A4.width, A4.height];
  const sheet = openSheet({
    ...{ fontsDir, content, landscape: content.landscape, title: content.title, createdAt: content.madeAt },
    language: `${content.language}-KZ`,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  });
  const pen: Pen = { sheet, page: { width: width - 2 * MARGIN, bottom: height - MARGIN - FOOT }, y: MARGIN };
  drawHead(pen, content);
  if (content.rows.length === 0) write(pen, 'P', 'italic', 10, content.empty);
  else await drawTable(pen, content, giveWay);
  for (const { title, parts } of content.counts) drawCounts(pen, title, parts);
  drawFeet(sheet, content, width, height);
  return sheet.finish();
}

function write({ sheet, page, ...pen }: Pen, type: string, font: FontName, size: number, text: string, gap = 2): number {
  const doc = sheet.font(font, size);
  const cut = clamp(doc, printable(text), page.width, MOST_LINES);
  sheet.tag(type, () => doc.fillColor(INK).text(cut, MARGIN, pen.y, { width: page.width }));
  return pen.y + doc.heightOfString(cut, { width: page.width }) + gap;
}

function drawHead(pen: Pen, { court, title, facts }: ReportContent): void {
  pen.y = write(pen, 'P', 'regular', 9, court);
  pen.y = write(pen, 'H1', 'bold', 14, title, 4);
  for (const fact of facts) pen.y = write(pen, 'P', 'regular', 9, fact);
  pen.y += 6;
}

/** Rows that are drawn before others have their turn. */
const AT_ONCE = 20;

async function drawTable(pen: Pen, content: ReportContent, giveWay: () => Promise<void>): Promise<void> {
  const { sheet, page } = pen;
  const all = content.columns.reduce((sum, { width }) => sum + width, 0);
  let x = MARGIN;
  const columns = content.columns.map(({ width, number }): Column => {
    const column = { x, width: (page.width * width) / all, number };
    x += column.width;
    return column;
  });
  const titles = content.columns.map(({ title }) => title);
  const table = sheet.group('Table');
  const heading = { type: 'TH', height: heightOf(pen, columns, titles, 'bold') } as const;
  const head = () => drawRow(pen, table, columns, titles, heading);
  head();
  for (const [n, row] of content.rows.entries()) {
    if (n % AT_ONCE === AT_ONCE - 1) await giveWay();
    const height = heightOf(pen, columns, row, 'regular');
    if (pen.y + height > page.bottom) {
      addPage(pen);
      head();
    }
    drawRow(pen, table, columns, row, { type: 'TD', height });
  }
  table.end();
  pen.y += 10;
}

function addPage(pen: Pen): void {
  pen.sheet.doc.addPage();
  pen.y = MARGIN;
}

function heightOf({ sheet }: Pen, columns: readonly Column[], texts: readonly string[], font: FontName): number {
  const doc = sheet.font(font, SIZE);
  const line = doc.currentLineHeight(true);
  const heights = texts.map((text, at) => {
    const width = columns[at]!.width - 2 * PAD;
    return Math.min(doc.heightOfString(printable(text) || ' ', { width }), line * MOST_LINES);
  });
  return Math.max(...heights) + 2 * PAD;
}

function drawRow(
  pen: Pen,
  table: Struct,
  columns: readonly Column[],
  texts: readonly string[],
  { type, height }: { readonly type: 'TH' | 'TD'; readonly height: number },
): void {
  const { sheet, y } = pen;
  const font = type === 'TH' ? 'bold' : 'regular';
  if (type === 'TH') sheet.artifact(() => sheet.doc.rect(MARGIN, y, pen.page.width, height).fill('#ECEFF2'));
  const row = sheet.group('TR', table);
  columns.forEach(({ x, width, number }, at) => {
    const doc = sheet.font(font, SIZE);
    const inner = width - 2 * PAD;
    const text = clamp(doc, printable(texts[at] ?? ''), inner, MOST_LINES);
    const options = { width: inner, ...(number ? { align: 'right' as const } : {}) };
    sheet.tag(type, () => doc.fillColor(INK).text(text === '' ? ' ' : text, x + PAD, y + PAD, options), { parent: row });
  });
  row.end();
  pen.y = y + height;
  sheet.artifact(() =>
    sheet.doc
      .lineWidth(0.3)
      .strokeColor(GREY)
      .moveTo(MARGIN, pen.y)
      .lineTo(MARGIN + pen.page.width, pen.y)
      .stroke(),
  );
}

function drawCounts(pen: Pen, title: string, parts: readonly (readonly [string, string])[]): void {
  const { sheet, page } = pen;
  if (pen.y + 40 > page.bottom) addPage(pen);
  pen.y = write(pen, 'H2', 'bold', 9, title, 3);
  const [name, count] = [MARGIN, MARGIN + 220];
  const table = sheet.group('Table');
  for (const [text, value] of parts) {
    const doc = sheet.font('regular', SIZE);
    if (pen.y + 12 > page.bottom) addPage(pen);
    const row = sheet.group('TR', table);
    const { y } = pen;
    sheet.tag('TH', () => doc.fillColor(INK).text(clamp(doc, printable(text), 210, 1), name, y, { width: 210 }), { parent: row });
    sheet.tag('TD', () => doc.fillColor(INK).text(value, count, y, { width: 60, align: 'right' }), { parent: row });
    row.end();
    pen.y = y + 11;
  }
  table.end();
  pen.y += 6;
}

function drawMark(sheet: Sheet, mark: string, right: number, y: number): void {
  const width = sheet.font('bold', 7.5).widthOfString(mark);
  drawTrainingGround(sheet, right - width - 8, y - 4, width + 8, 15);
  sheet.artifact(() => sheet.doc.fillColor(INK).text(mark, right - width - 4, y, { lineBreak: false }));
}

/** Page numbers and the mark of training say nothing of the table. */
function drawFeet(sheet: Sheet, { foot, mark, court }: ReportContent, width: number, height: number): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    sheet.doc.switchToPage(page);
    sheet.artifact(() => {
      const text = foot.replace('{page}', String(page + 1)).replace('{pages}', String(count));
      const y = height - MARGIN - 8;
      sheet.font('regular', 7.5).fillColor(GREY).text(`${court}. ${text}`, MARGIN, y, { lineBreak: false });
    });
    if (mark !== null) drawMark(sheet, mark, width - MARGIN, height - MARGIN - 8);
  }
}
