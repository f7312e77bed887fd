import { join } from 'node:path';
import type { ActText } from '../../shared/domain/act-text.ts';
import { dateLong } from '../../shared/domain/kk-format.ts';
import type { FrameWords, RulingValues, RulingVariant } from './ruling-template.ts';
import { drawActText } from './draw-act-text.ts';
import { fillLine, fillText, readFrame, readRulingTemplate } from './ruling-template.ts';
import { citedGrounds, textOfTemplate, type WordedGround } from './ruling-text.ts';
import type { FontName, Sheet } from './sheet.ts';
import { A4, GREY, INK, MM, openSheet, printable } from './sheet.ts';

/** What a ruling says. Instants are UTC ISO strings. */
export type RulingContent = {
  kind: 'ruling-accept' | 'ruling-return' | 'ruling-refuse' | 'ruling-transfer';
  language: 'kk' | 'ru';
  /** Which text of the template applies; `civil` when left out. */
  procedure?: 'civil' | 'counterclaim' | 'third-party-claim' | 'administrative' | 'court-order' | 'general';
  courtNameKk: string;
  courtNameRu: string;
  caseNumber: string | null;
  incomingNumber: string;
  /** Where the ruling was made, e.g. a city. */
  place?: string;
  date: string;
  judge: string;
  claimant: string;
  respondent: string | null;
  filingKindNameKk: string;
  filingKindNameRu: string;
  claimSubject: string | null;
  receivedAt: string;
  /** `code` names the article: `152.1.3` or `ГПК 148(4), 152(1)(5)`; empty cites none. */
  grounds: { code: string; textKk: string; textRu: string }[];
  /** The court a case goes to, for `ruling-transfer`. */
  transferTo?: { courtNameKk: string; courtNameRu: string };
  training: boolean;
  actId: string;
  /** What a person wrote in place of the template's text. */
  text?: ActText;
};

const MARGINS = { top: 18 * MM, bottom: 20 * MM, left: 28 * MM, right: 15 * MM };
const TRAINING_BAND = 24;
const WIDTH = A4.width - MARGINS.left - MARGINS.right;
const BOTTOM = A4.height - MARGINS.bottom;
const INDENT = 12.5 * MM;
const LINE_GAP = 1.5;
const PARAGRAPH_GAP = 3;
/** Sizes of type, the first that keeps the ruling on one page; a longer ruling takes the first and as many pages as it needs. */
const SIZES = [13, 12.5, 12] as const;

type Paper = {
  readonly sheet: Sheet;
  readonly size: number;
  readonly content: RulingContent;
  readonly words: FrameWords;
  readonly variant: RulingVariant;
  readonly values: RulingValues;
};

/**
 * Draws a judge's ruling in the language of the proceedings: PDF/A-2a, one page for ordinary content, further pages when the
 * names or the grounds need them. The words come from `templates/` of the resources.
 */
export async function drawRuling(content: RulingContent, resourcesDir: string): Promise<Uint8Array> {
  const words = readFrame(resourcesDir, content.language);
  const variant = readRulingTemplate(resourcesDir, content.kind, content.procedure ?? 'civil', content.language, content.date);
  const drawAt = (size: number): Paper => {
    const sheet = openRulingSheet(content, words, variant, resourcesDir);
    const paper: Paper = { sheet, size, content, words, variant, values: valuesOf(content) };
    drawHead(paper);
    if (content.text) drawWritten(paper, content.text);
    else drawBody(paper);
    drawEnd(paper);
    drawEdges(paper);
    return paper;
  };
  for (const size of SIZES) {
    const { sheet } = drawAt(size);
    if (sheet.doc.bufferedPageRange().count === 1) return sheet.finish();
  }
  return drawAt(SIZES[0]).sheet.finish();
}

/** The text that the template gives a case, to be edited; drawn as it is, it says the same as the template. */
export function rulingText(content: RulingContent, resourcesDir: string): ActText {
  const words = readFrame(resourcesDir, content.language);
  const variant = readRulingTemplate(resourcesDir, content.kind, content.procedure ?? 'civil', content.language, content.date);
  return textOfTemplate(variant, words, valuesOf(content), wordedGrounds(content));
}

const wordedGrounds = ({ grounds, language }: RulingContent): WordedGround[] =>
  grounds.map(({ code, textKk, textRu }) => ({ code, text: printable(language === 'kk' ? textKk : textRu) }));

function openRulingSheet(content: RulingContent, words: FrameWords, variant: RulingVariant, resourcesDir: string): Sheet {
  return openSheet({
    fontsDir: join(resourcesDir, 'fonts'),
    language: content.language === 'kk' ? 'kk-KZ' : 'ru-KZ',
    title: `${words.title} ${variant.subject}: ${content.caseNumber ?? content.incomingNumber}`,
    createdAt: content.date,
    margins: { ...MARGINS, top: MARGINS.top + (content.training ? TRAINING_BAND : 0) },
    content,
  });
}

function valuesOf(content: RulingContent): RulingValues {
  const { transferTo } = content;
  return {
    receivedDate: dateLong(content.language, content.receivedAt),
    incomingNumber: printable(content.incomingNumber),
    caseNumber: content.caseNumber === null ? null : printable(content.caseNumber),
    transferTo: transferTo ? printable(content.language === 'kk' ? transferTo.courtNameKk : transferTo.courtNameRu) : null,
  };
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

function paragraph(paper: Paper, text: string, block: Block = {}): void {
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

const CENTRED: Block = { font: 'bold', align: 'center', indent: 0 };

/** Begins a new page when less than `height` is left on this one. */
function keepTogether({ sheet: { doc } }: Paper, height: number): void {
  if (doc.y + height > BOTTOM) doc.addPage();
}

function drawHead(paper: Paper): void {
  const { sheet, content, words, variant } = paper;
  const kk = content.language === 'kk';
  paragraph(paper, printable(kk ? content.courtNameKk : content.courtNameRu), { ...CENTRED, gap: 10 });
  paragraph(paper, words.title, { ...CENTRED, size: paper.size + 3, gap: 2, type: 'H1', spacing: 2.2 });
  paragraph(paper, variant.subject, { ...CENTRED, gap: 10 });
  drawDateLine(paper);
  const rows: [string, string | null][] = [
    [words.judge, content.judge],
    [words.claimant, content.claimant],
    [words.respondent, content.respondent],
    [words.claimSubject, content.claimSubject],
    [words.filingKind, kk ? content.filingKindNameKk : content.filingKindNameRu],
  ];
  for (const [label, value] of rows) if (value) drawRow(paper, label, printable(value));
  sheet.doc.y += 6;
}

/** The date on the left and the number on the right, never broken; the place below. */
function drawDateLine(paper: Paper): void {
  const { sheet, content, words, values } = paper;
  const doc = sheet.font('regular', paper.size).fillColor(INK);
  const y = doc.y;
  const number = fillText(content.caseNumber === null ? words.incomingNumber : words.caseNumber, values);
  sheet.tag('P', () => doc.text(dateLong(content.language, content.date), MARGINS.left, y, { lineBreak: false }));
  sheet.tag('P', () => doc.text(number, MARGINS.left + WIDTH - doc.widthOfString(number), y, { lineBreak: false }));
  doc.y = y + doc.currentLineHeight(true) + 2;
  if (content.place) paragraph(paper, printable(content.place), { align: 'left', indent: 0, gap: 0 });
  doc.y += 8;
}

function drawRow({ sheet, size }: Paper, label: string, value: string): void {
  const doc = sheet.font('bold', size).fillColor(INK);
  const options = { width: WIDTH, align: 'left', lineGap: LINE_GAP } as const;
  sheet.tag('P', () => {
    doc.text(`${label}: `, MARGINS.left, doc.y, { ...options, continued: true });
    sheet.font('regular', size).text(value, options);
  });
  doc.y += 1;
}

function drawBody(paper: Paper): void {
  const { sheet, words, variant, values } = paper;
  keepTogether(paper, 80);
  paragraph(paper, variant.opening, { align: 'left', gap: 1 });
  paragraph(paper, words.established, CENTRED);
  for (const line of variant.established) {
    if (typeof line !== 'string' && 'grounds' in line) drawGrounds(paper);
    else {
      const text = fillLine(line, values);
      if (text !== null) paragraph(paper, text);
    }
  }
  keepTogether(paper, 100);
  sheet.doc.y += 2;
  paragraph(paper, variant.guidedBy, { align: 'left', gap: 1 });
  paragraph(paper, words.ruled, CENTRED);
  const ruled = variant.ruled.map((line) => fillLine(line, values)).filter((text) => text !== null);
  ruled.forEach((text, i) => paragraph(paper, ruled.length === 1 ? text : `${i + 1}. ${text}`));
}

function drawGrounds(paper: Paper): void {
  const { sheet, content, words, variant } = paper;
  const texts = citedGrounds(wordedGrounds(content), variant, words);
  if (texts.length === 0) paragraph(paper, words.noGrounds, { font: 'bold' });
  texts.forEach((text, i) => paragraph(paper, `${i + 1}) ${text}`, { indent: 0, left: INDENT, gap: 1 }));
  sheet.doc.y += PARAGRAPH_GAP;
}

function drawWritten({ sheet, size, words }: Paper, text: ActText): void {
  drawActText({ sheet, size, left: MARGINS.left, width: WIDTH, bottom: BOTTOM, indent: INDENT, ruled: words.ruled }, text);
}

/** The note on appeal stays on one page with the judge's name: a signature alone on a page could close any text. */
function drawEnd(paper: Paper): void {
  const { sheet, words, values, variant } = paper;
  const judge = printable(paper.content.judge);
  const appeal = fillText(variant.appeal, values);
  const doc = sheet.font('regular', paper.size);
  const appealHeight = doc.heightOfString(appeal, { width: WIDTH, indent: INDENT, lineGap: LINE_GAP });
  const nameWidth = WIDTH * 0.46;
  const nameHeight = doc.heightOfString(judge, { width: nameWidth });
  keepTogether(paper, appealHeight + nameHeight + 50);
  paragraph(paper, appeal);
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
function drawEdges(paper: Paper): void {
  const { sheet, content, words } = paper;
  const { doc } = sheet;
  const { count } = doc.bufferedPageRange();
  const identifier = `${printable(content.caseNumber ?? content.incomingNumber)} · ${content.actId}`;
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
    if (content.training) drawTrainingMark(paper);
  }
}

function drawTrainingMark({ sheet, words }: Paper): void {
  const top = MARGINS.top - 12;
  sheet.artifact(() => sheet.doc.lineWidth(1).strokeColor(INK).rect(MARGINS.left, top, WIDTH, 20).stroke());
  const doc = sheet.font('bold', 9).fillColor(INK);
  const text = `${words.training}  ·  ${words.trainingOther}`;
  sheet.tag('P', () => doc.text(text, MARGINS.left, top + 5, { width: WIDTH, align: 'center' }));
}
