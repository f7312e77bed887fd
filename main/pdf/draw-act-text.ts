import type { ActBlock, ActText } from '../../shared/domain/act-text.ts';
import type { Sheet } from './sheet.ts';
import { INK, printable } from './sheet.ts';

/** Where and how a text is drawn. */
export type TextPlace = {
  readonly sheet: Sheet;
  readonly size: number;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  readonly indent: number;
  /** Over the operative part. */
  readonly ruled: string;
};

const LINE_GAP = 1.5;
const PARAGRAPH_GAP = 3;
const CELL = 4;
/** A heading is never left alone at the foot of a page: so much must follow it there. */
const AFTER_HEADING = 60;

/** Draws the blocks one below the other, on as many pages as they take. */
export function drawActText(place: TextPlace, { blocks }: ActText): void {
  for (const block of blocks) drawBlock(place, block);
}

function drawBlock(place: TextPlace, block: ActBlock): void {
  switch (block.type) {
    case 'heading':
      return heading(place, block.text);
    case 'paragraph':
      for (const line of block.text.split('\n')) if (line.trim() !== '') paragraph(place, printable(line));
      return;
    case 'list':
      return list(place, block.items, (at) => (block.ordered ? `${at + 1}) ` : '– '));
    case 'operative':
      heading(place, place.ruled);
      return list(place, block.items, (at) => (block.items.length === 1 ? '' : `${at + 1}. `));
    case 'table':
      return table(place, block.rows);
  }
}

function keepTogether({ sheet: { doc }, bottom }: TextPlace, height: number): void {
  if (doc.y + height > bottom) doc.addPage();
}

function heading(place: TextPlace, text: string): void {
  const { sheet, size, left, width } = place;
  const shown = printable(text);
  const doc = sheet.font('bold', size).fillColor(INK);
  keepTogether(place, doc.heightOfString(shown, { width }) + AFTER_HEADING);
  sheet.tag('H2', () => doc.text(shown, left, doc.y, { width, align: 'center', lineGap: LINE_GAP }));
  doc.y += PARAGRAPH_GAP;
}

function paragraph({ sheet, size, left, width, indent }: TextPlace, text: string): void {
  const doc = sheet.font('regular', size).fillColor(INK);
  sheet.tag('P', () => doc.text(text, left, doc.y, { width, align: 'justify', indent, lineGap: LINE_GAP }));
  doc.y += PARAGRAPH_GAP;
}

function list({ sheet, size, left, width, indent }: TextPlace, items: readonly string[], label: (at: number) => string): void {
  const group = sheet.group('L');
  items.forEach((item, at) => {
    const entry = sheet.group('LI', group);
    const doc = sheet.font('regular', size).fillColor(INK);
    const options = { width: width - indent, align: 'justify', lineGap: LINE_GAP } as const;
    sheet.tag('LBody', () => doc.text(`${label(at)}${printable(item)}`, left + indent, doc.y, options), { parent: entry });
    doc.y += 1;
  });
  sheet.doc.y += PARAGRAPH_GAP;
}

/** A row goes to the next page whole where it fits there, else it goes on over the page; the head is repeated there, as no part of the content. */
function table(place: TextPlace, rows: readonly (readonly string[])[]): void {
  const { sheet, left, width, bottom } = place;
  const { doc } = sheet;
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) return;
  const size = Math.min(place.size, 11);
  const fontOf = (at: number) => sheet.font(at === 0 ? 'bold' : 'regular', size).fillColor(INK);
  const widths = columnWidths(rows, width, (text, at) => fontOf(at).widthOfString(printable(text)) + 2 * CELL + 1);
  const lefts = widths.map((_, at) => left + widths.slice(0, at).reduce((sum, one) => sum + one, 0));
  const wrapped = rows.map((row, at) => {
    fontOf(at);
    return row.map((cell, x) => wrap(doc, printable(cell), widths[x]! - 2 * CELL));
  });
  const line = fontOf(1).currentLineHeight(true) + LINE_GAP;
  const group = sheet.group('Table');
  const fits = (lines: number) => doc.y + lines * line + 2 * CELL <= bottom;
  const heightOf = (at: number) => Math.max(1, ...wrapped[at]!.map((lines) => lines.length));
  /** Lines from..to of a row, with its frame. */
  const drawPart = (at: number, from: number, to: number, put: (cell: number, draw: () => void) => void): void => {
    const top = doc.y;
    wrapped[at]!.forEach((lines, cell) => {
      const part = lines.slice(from, to);
      const x = lefts[cell]! + CELL;
      put(cell, () => part.forEach((text, n) => fontOf(at).text(text, x, top + CELL + n * line, { lineBreak: false })));
    });
    const height = (to - from) * line + 2 * CELL;
    sheet.artifact(() => {
      for (let cell = 0; cell < columns; cell++)
        doc.lineWidth(0.5).strokeColor(INK).rect(lefts[cell]!, top, widths[cell]!, height).stroke();
    });
    doc.x = left;
    doc.y = top + height;
  };
  if (!fits(heightOf(0) + (rows.length > 1 ? 1 : 0))) doc.addPage();
  rows.forEach((_, at) => {
    const row = sheet.group('TR', group);
    const cells = rows[at]!.map(() => sheet.group(at === 0 ? 'TH' : 'TD', row));
    for (let from = 0; from < heightOf(at);) {
      const whole = from === 0 && heightOf(at) * line < bottom / 2;
      if (!fits(whole ? heightOf(at) : 1)) {
        doc.addPage();
        if (at > 0 && heightOf(0) < 10) drawPart(0, 0, heightOf(0), (_cell, draw) => sheet.artifact(draw));
      }
      const room = Math.max(1, Math.floor((bottom - doc.y - 2 * CELL) / line));
      const to = Math.min(heightOf(at), from + room);
      drawPart(at, from, to, (cell, draw) => sheet.tag('P', draw, { parent: cells[cell]! }));
      from = to;
    }
  });
  doc.y += 2 * PARAGRAPH_GAP;
}

/** By what the cells need, at most half of the table for one and at least a share of it for each. */
function columnWidths(rows: readonly (readonly string[])[], width: number, widthOf: (text: string, row: number) => number): number[] {
  const columns = rows[0]?.length ?? 1;
  const least = width / (2 * columns);
  const needs = Array.from({ length: columns }, (_, x) =>
    Math.min(width / 2, Math.max(least, ...rows.map((row, at) => widthOf(row[x] ?? '', at)))),
  );
  const spare = width - columns * least;
  const wanted = needs.map((need) => need - least);
  const sum = wanted.reduce((total, one) => total + one, 0);
  return wanted.map((one) => least + (sum === 0 ? spare / columns : (one / sum) * spare));
}

/** Lines of words that fit; a word that is wider than the line is broken between letters. */
function wrap(doc: PDFKit.PDFDocument, text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  const fits = (candidate: string) => doc.widthOfString(candidate) <= width;
  for (const word of text.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (fits(joined)) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = '';
    for (const letter of word) {
      if (current !== '' && !fits(current + letter)) {
        lines.push(current);
        current = '';
      }
      current += letter;
    }
  }
  return [...lines, current];
}
