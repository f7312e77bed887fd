import PDFDocument from 'pdfkit';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import { registerFonts } from '../pdf/index.ts';
import type { Block } from './sample-story.ts';

/** A paper as a filer writes it, every text in its place. */
export type Paper = {
  readonly language: CourtLanguage;
  readonly title: string;
  /** The addressee and the parties, top right; one group per party. */
  readonly head: readonly (readonly string[])[];
  readonly heading: string;
  readonly subheading: string | null;
  readonly body: readonly Block[];
  /** Lines below the text: annexes, date, signer. */
  readonly foot: readonly string[];
};

/** Paths of TrueType files with all Kazakh letters. */
export type Fonts = { readonly regular: string; readonly bold: string };

const MARGINS = { top: 56, bottom: 64, left: 72, right: 44 };
const HEAD_LEFT = 262;
const BODY_SIZE = 13;
const SMALL_SIZE = 11;
const PARAGRAPH = { align: 'justify', indent: 28, lineGap: 3, paragraphGap: 4 } as const;
const FOOT_LINE = { lineGap: 2 } as const;
/** A heading is not left alone at the end of a page. */
const HEADING_HEIGHT = 30;
const ROOM_BELOW_HEADING = HEADING_HEIGHT + 60;
const NOTICE = 'Оқу үлгісі, заңдық күші жоқ  ·  Учебный образец, юридической силы не имеет';

/** Draws an A4 paper. `createdAt` goes into the file's properties. */
export async function drawDocument(paper: Paper, fonts: Fonts, createdAt: string): Promise<Buffer> {
  const created = new Date(createdAt);
  const doc = new PDFDocument({
    size: 'A4',
    margins: MARGINS,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: `${paper.language}-KZ`,
    displayTitle: true,
    // No face of the standard fourteen is ever used.
    font: '',
    info: { Title: paper.title, CreationDate: created, ModDate: created },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  registerFonts(doc, fonts);
  doc.font('regular');

  drawHead(doc, paper.head);
  doc.font('bold').fontSize(14).text(paper.heading, MARGINS.left, doc.y, { align: 'center' });
  doc.font('regular').fontSize(BODY_SIZE);
  if (paper.subheading) doc.text(paper.subheading, { align: 'center' });
  doc.moveDown(0.8);
  const closing = closingOf(paper);
  for (const block of paper.body) {
    if (block === closing[0] && heightOf(doc, closing) + heightOfFoot(doc, paper) > roomOn(doc)) doc.addPage();
    drawBlock(doc, block);
  }
  if (heightOfFoot(doc, paper) > roomOn(doc)) doc.addPage();
  doc.moveDown(0.8).fontSize(SMALL_SIZE);
  for (const line of paper.foot) doc.text(line, FOOT_LINE);
  drawNotices(doc);
  doc.end();
  await finished;
  return Buffer.concat(chunks);
}

function drawHead(doc: PDFKit.PDFDocument, head: Paper['head']): void {
  doc.fontSize(12);
  for (const group of head) {
    group.forEach((line, i) => doc.font(i === 0 ? 'bold' : 'regular').text(line, HEAD_LEFT, doc.y, { lineGap: 1 }));
    doc.moveDown(0.4);
  }
  if (head.length > 0) doc.moveDown(0.8);
}

function drawBlock(doc: PDFKit.PDFDocument, block: Block): void {
  if (typeof block === 'string') doc.text(block, PARAGRAPH);
  else if ('heading' in block) {
    if (roomOn(doc) < ROOM_BELOW_HEADING) doc.addPage();
    doc.moveDown(0.3).font('bold').text(block.heading, { align: 'center', lineGap: 3 }).font('regular').moveDown(0.2);
  } else if ('list' in block) block.list.forEach((item, i) => doc.text(numbered(item, i), PARAGRAPH));
  else drawTable(doc, block.table);
}

const numbered = (item: string, i: number) => `${i + 1}. ${item}`;
const roomOn = (doc: PDFKit.PDFDocument) => doc.page.height - MARGINS.bottom - doc.y;

/** What the filer asks for, from its heading on: it stands on one page with the signer. */
function closingOf(paper: Paper): readonly Block[] {
  const start = paper.body.findLastIndex((block) => typeof block !== 'string' && 'heading' in block);
  return start === -1 ? [] : paper.body.slice(start);
}

function heightOf(doc: PDFKit.PDFDocument, blocks: readonly Block[]): number {
  const lines = blocks.flatMap((block) => (typeof block === 'string' ? [block] : 'list' in block ? block.list.map(numbered) : []));
  return HEADING_HEIGHT + lines.reduce((sum, line) => sum + doc.heightOfString(line, PARAGRAPH), 0);
}

function heightOfFoot(doc: PDFKit.PDFDocument, paper: Paper): number {
  return paper.foot.reduce((sum, line) => sum + doc.heightOfString(line, FOOT_LINE), 2 * SMALL_SIZE);
}

function drawTable(doc: PDFKit.PDFDocument, rows: readonly (readonly [string, string])[]): void {
  doc.moveDown(0.3);
  doc.table({ columnStyles: ['*', 190], defaultStyle: { padding: 4, border: 0.5 }, data: rows.map((row) => [...row]) });
  doc.x = MARGINS.left;
  doc.moveDown(0.8);
}

/** Every page says that it is a training paper, and which page of how many it is. */
function drawNotices(doc: PDFKit.PDFDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    // Inside the margin pdfkit would begin a new page.
    doc.page.margins.bottom = 0;
    const centred = { align: 'center', lineBreak: false, width: doc.page.width - MARGINS.left - MARGINS.right } as const;
    const y = doc.page.height - 40;
    doc.font('regular').fontSize(8).fillColor('#133F70').text(NOTICE, MARGINS.left, y, centred);
    doc.fillColor('#555555').text(`${page - start + 1} / ${count}`, MARGINS.left, y + 11, centred);
  }
}
