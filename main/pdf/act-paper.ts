import { join } from 'node:path';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import { dateLong } from '../../shared/domain/kk-format.ts';
import type { FrameWords } from './ruling-template.ts';
import { fillText } from './ruling-template.ts';
import type { FontName, Sheet } from './sheet.ts';
import { A4, GREY, INK, MM, openSheet, printable } from './sheet.ts';
import { drawTrainingGround } from './training-mark.ts';

const MARGINS = { top: 18 * MM, bottom: 20 * MM, left: 28 * MM, right: 15 * MM };
const TRAINING_BAND = 24;
const WIDTH = A4.width - MARGINS.left - MARGINS.right;
const BOTTOM = A4.height - MARGINS.bottom;
const INDENT = 12.5 * MM;
const LINE_GAP = 1.5;
const PARAGRAPH_GAP = 3;
/** Sizes of type, the first that keeps the act on one page; a longer act takes the first and as many pages as it needs. */
const SIZES = [13, 12.5, 12] as const;
/** Where the text between head and end goes. */
export const TEXT_PLACE = { left: MARGINS.left, width: WIDTH, bottom: BOTTOM, indent: INDENT } as const;

/** What stands around the text of any act: the program draws it, nobody edits it. Instants are UTC ISO strings. */
export type ActFrame = {
  readonly language: CourtLanguage;
  readonly courtName: string;
  readonly title: string;
  readonly subject: string | null;
  /** Where the act was made, e.g. a city. */
  readonly place: string | null;
  readonly date: string;
  readonly caseNumber: string | null;
  readonly incomingNumber: string;
  /** Judge and parties; rows without a value are left out. */
  readonly rows: readonly (readonly [label: string, value: string | null])[];
  /** The way to appeal, or what else closes the text. */
  readonly closing: string | null;
  readonly judge: string;
  readonly training: boolean;
  readonly actId: string;
  /** Whatever the act says; it only feeds the identifier of the file. */
  readonly content: unknown;
};

export type ActPaper = { readonly sheet: Sheet; readonly size: number; readonly frame: ActFrame; readonly words: FrameWords };

/** PDF/A-2a, one page for ordinary content, further pages when the names or the text need them. */
export async function drawActPaper(
  frame: ActFrame,
  words: FrameWords,
  resourcesDir: string,
  drawText: (paper: ActPaper) => void,
): Promise<Uint8Array> {
  const drawAt = (size: number): Sheet => {
    const paper: ActPaper = { sheet: openActSheet(frame, resourcesDir), size, frame, words };
    drawHead(paper);
    drawText(paper);
    drawEnd(paper);
    drawEdges(paper);
    return paper.sheet;
  };
  for (const size of SIZES) {
    const sheet = drawAt(size);
    if (sheet.doc.bufferedPageRange().count === 1) return sheet.finish();
  }
  return drawAt(SIZES[0]).finish();
}

function openActSheet(frame: ActFrame, resourcesDir: string): Sheet {
  return openSheet({
    fontsDir: join(resourcesDir, 'fonts'),
    language: frame.language === 'kk' ? 'kk-KZ' : 'ru-KZ',
    title: `${[frame.title, frame.subject].filter(Boolean).join(' ')}: ${frame.caseNumber ?? frame.incomingNumber}`,
    createdAt: frame.date,
    margins: { ...MARGINS, top: MARGINS.top + (frame.training ? TRAINING_BAND : 0) },
    content: frame.content,
  });
}

type Block = {
  font?: FontName;
  size?: number;
  align?: 'left' | 'center' | 'justify';
  indent?: number;
  left?: number;
  gap?: number;
  type?: string;
  spacing?: number;
};

/** A paragraph of the act; its place and look follow `block`. */
export function paragraph(paper: ActPaper, text: string, block: Block = {}): void {
  const {
    font = 'regular',
    size = paper.size,
    align = 'justify',
    indent = INDENT,
    left = 0,
    gap = PARAGRAPH_GAP,
    type = 'P',
    spacing = 0,
  } = block;
  const doc = paper.sheet.font(font, size).fillColor(INK);
  const options = { width: WIDTH - left, align, indent, lineGap: LINE_GAP, characterSpacing: spacing };
  paper.sheet.tag(type, () => doc.text(text, MARGINS.left + left, doc.y, options));
  doc.y += gap;
}

export const CENTRED: Block = { font: 'bold', align: 'center', indent: 0 };

/** Begins a new page when less than `height` is left on this one. */
export function keepTogether({ sheet: { doc } }: ActPaper, height: number): void {
  if (doc.y + height > BOTTOM) doc.addPage();
}

function drawHead(paper: ActPaper): void {
  const { sheet, frame } = paper;
  paragraph(paper, printable(frame.courtName), { ...CENTRED, gap: 10 });
  paragraph(paper, frame.title, { ...CENTRED, size: paper.size + 3, gap: frame.subject === null ? 10 : 2, type: 'H1', spacing: 1 });
  if (frame.subject !== null) paragraph(paper, frame.subject, { ...CENTRED, gap: 10 });
  drawDateLine(paper);
  for (const [label, value] of frame.rows) if (value) drawRow(paper, label, printable(value));
  sheet.doc.y += 6;
}

/** The date on the left and the number on the right, never broken; the place below. */
function drawDateLine(paper: ActPaper): void {
  const { sheet, frame, words } = paper;
  const doc = sheet.font('regular', paper.size).fillColor(INK);
  const y = doc.y;
  const number = numberLine(frame, words);
  sheet.tag('P', () => doc.text(dateLong(frame.language, frame.date), MARGINS.left, y, { lineBreak: false }));
  sheet.tag('P', () => doc.text(number, MARGINS.left + WIDTH - doc.widthOfString(number), y, { lineBreak: false }));
  doc.y = y + doc.currentLineHeight(true) + 2;
  if (frame.place) paragraph(paper, printable(frame.place), { align: 'left', indent: 0, gap: 0 });
  doc.y += 8;
}

const numberLine = ({ caseNumber, incomingNumber }: ActFrame, words: FrameWords): string =>
  caseNumber === null
    ? fillText(words.incomingNumber, { incomingNumber: printable(incomingNumber) })
    : fillText(words.caseNumber, { caseNumber: printable(caseNumber) });

function drawRow({ sheet, size }: ActPaper, label: string, value: string): void {
  const doc = sheet.font('bold', size).fillColor(INK);
  const options = { width: WIDTH, align: 'left', lineGap: LINE_GAP } as const;
  sheet.tag('P', () => {
    doc.text(`${label}: `, MARGINS.left, doc.y, { ...options, continued: true });
    sheet.font('regular', size).text(value, options);
  });
  doc.y += 1;
}

/** The closing note stays on one page with the judge's name: a signature alone on a page could close any text. */
function drawEnd(paper: ActPaper): void {
  const { sheet, words, frame } = paper;
  const judge = printable(frame.judge);
  const closing = frame.closing;
  const doc = sheet.font('regular', paper.size);
  const closingHeight = closing === null ? 0 : doc.heightOfString(closing, { width: WIDTH, indent: INDENT, lineGap: LINE_GAP });
  const nameWidth = WIDTH * 0.46;
  const nameHeight = doc.heightOfString(judge, { width: nameWidth });
  keepTogether(paper, closingHeight + nameHeight + 50);
  if (closing !== null) paragraph(paper, closing);
  const y = doc.y + 18;
  const nameLeft = MARGINS.left + WIDTH - nameWidth;
  const lineStart = MARGINS.left + sheet.font('regular', paper.size).widthOfString(words.signature) + 10;
  const line = y + doc.currentLineHeight();
  sheet.tag('P', () => doc.text(words.signature, MARGINS.left, y, { lineBreak: false }));
  sheet.artifact(() =>
    doc
      .lineWidth(0.5)
      .strokeColor(INK)
      .moveTo(lineStart, line)
      .lineTo(nameLeft - 8, line)
      .stroke(),
  );
  sheet.tag('P', () => doc.text(judge, nameLeft, y, { width: nameWidth, align: 'left' }));
  const note = sheet.font('italic', 9);
  sheet.tag('P', () => note.fillColor(GREY).text(words.electronic, MARGINS.left, y + nameHeight + 10, { width: WIDTH, align: 'left' }));
}

/** The identifier on every page, page numbers when there are several, and the mark of a training court. */
function drawEdges(paper: ActPaper): void {
  const { sheet, frame, words } = paper;
  const { doc } = sheet;
  const { count } = doc.bufferedPageRange();
  const identifier = `${printable(frame.caseNumber ?? frame.incomingNumber)} · ${frame.actId}`;
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    // Below the bottom margin a text would open another page.
    doc.page.margins.bottom = 0;
    const y = A4.height - 14 * MM;
    sheet.artifact(() => {
      sheet.font('regular', 8).fillColor(GREY).text(identifier, MARGINS.left, y, { lineBreak: false });
      if (count === 1) return;
      const text = fillText(words.page, { page: String(page + 1), pages: String(count) });
      sheet.font('regular', 10).text(text, MARGINS.left + WIDTH - doc.widthOfString(text), y - 1, { lineBreak: false });
    });
    if (frame.training) drawTrainingMark(paper);
  }
}

function drawTrainingMark({ sheet, words }: ActPaper): void {
  const top = MARGINS.top - 12;
  drawTrainingGround(sheet, MARGINS.left, top, WIDTH, 20);
  const doc = sheet.font('bold', 9).fillColor(INK);
  const text = `${words.training}  ·  ${words.trainingOther}`;
  sheet.tag('P', () => doc.text(text, MARGINS.left, top + 5, { width: WIDTH, align: 'center' }));
}
