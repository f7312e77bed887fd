import { dateLong, dateTime, money } from '../../shared/domain/kk-format.ts';
import { parseTalonQr, talonQrPayload, type TalonFacts } from '../../shared/domain/talon.ts';
import { drawFileList } from './draw-file-list.ts';
import { drawQr, qrSide } from './draw-qr.ts';
import { TALON_QR_KEY } from './extract-talon-qr.ts';
import { INK, openSheet, printable, type Sheet } from './sheet.ts';
import { BOTTOM, LABEL, LEFT, PLAIN, RU, STRONG, WIDTH, both, put, putLabel, putNumber, rule, type Line } from './talon-layout.ts';
import { TALON_WORDS, VERDICT_WORDS, type Words } from './talon-words.ts';

/** Everything a talon prints. Instants are UTC ISO strings; `dueAt` is the end of the last day (24:00 in UTC+5). */
export type TalonContent = TalonFacts & {
  courtNameKk: string;
  courtNameRu: string;
  kindNameKk: string;
  kindNameRu: string;
  sentAt: string;
  applicant: string;
  /** IIN or BIN with its middle hidden. */
  applicantIdMasked: string | null;
  /** The parties in short. */
  parties: string;
  registeredBy: string;
  /** `amountTenge` is a decimal text such as `21625` or `1234567.50`. */
  dutyPaid: { amountTenge: string; number: string } | null;
  dueAt: string | null;
  /** `sha256` is lower-case hex of the file's bytes; `pages` null where a file has none. */
  files: { title: string; pages: number | null; sha256: string }[];
  flagged: boolean;
  /** The signed QR text of these very facts. */
  qrText: string;
  training: boolean;
  /** A reprint. */
  copy: boolean;
};

/**
 * Draws the registration talon: one A4 page in Kazakh and Russian, PDF/A-2a, to be signed by the court's system certificate.
 * It claims no more than the registration; that the registration is confirmed is for the registry to say.
 * @param fontsDir the folder of the Tinos files.
 */
export async function drawTalon(content: TalonContent, fontsDir: string): Promise<Uint8Array> {
  const qr = parseTalonQr(content.qrText);
  if (!qr || qr.payload !== talonQrPayload(content, qr.keyId)) throw new Error('the QR text says something else than the talon');
  const sheet = openSheet({
    fontsDir,
    language: 'kk-KZ',
    title: `Тіркеу талоны / Талон о регистрации ${content.incomingNumber}`,
    createdAt: content.registeredAt,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    info: { [TALON_QR_KEY]: content.qrText },
    content,
  });
  let y = drawHead(sheet, content, 34);
  y = drawNumbers(sheet, content, y + 8);
  y = drawMoments(sheet, content, y);
  y = drawRows(sheet, content, y + 10);
  const lowest = BOTTOM - footHeight(sheet, content);
  y = drawFileList(sheet, content.files, y + 8, lowest - 12);
  drawFoot(sheet, content, Math.min(lowest, y + 24), qr.keyId);
  return sheet.finish();
}

function drawHead(sheet: Sheet, content: TalonContent, top: number): number {
  let y = top;
  const marks: Words[] = [...(content.training ? [TALON_WORDS.training] : []), ...(content.copy ? [TALON_WORDS.copy] : [])];
  if (marks.length > 0) {
    sheet.artifact(() => sheet.doc.lineWidth(1).strokeColor(INK).rect(LEFT, top, WIDTH, 31).stroke());
    const kk = marks.map((mark) => mark.kk).join(' · ');
    const ru = marks.map((mark) => mark.ru).join(' · ');
    const next = put(sheet, STRONG, kk, { x: LEFT, y: y + 4 }, { align: 'center' });
    put(sheet, STRONG, ru, { x: LEFT, y: next }, { ...RU, align: 'center' });
    y += 38;
  }
  y = put(sheet, { font: 'bold', size: 19 }, TALON_WORDS.title.kk, { x: LEFT, y }, { type: 'H1' });
  y = put(sheet, { font: 'regular', size: 13 }, TALON_WORDS.title.ru, { x: LEFT, y }, { ...RU, type: 'H1' });
  y = put(sheet, { font: 'bold', size: 11.5 }, content.courtNameKk, { x: LEFT, y: y + 5, maxLines: 2 });
  y = put(sheet, { font: 'regular', size: 10.5 }, content.courtNameRu, { x: LEFT, y, maxLines: 2 }, RU);
  return put(sheet, LABEL, `${both(TALON_WORDS.courtCode)}: ${content.court}`, { x: LEFT, y });
}

const NUMBER_SIZE = 24;

function drawNumbers(sheet: Sheet, content: TalonContent, top: number): number {
  rule(sheet, top, 1);
  const column = WIDTH / 2;
  const cells: [Words, string][] = [[TALON_WORDS.incomingNumber, content.incomingNumber]];
  if (content.caseNumber !== null) cells.push([TALON_WORDS.caseNumber, content.caseNumber]);
  else if (content.joinsCase !== null) cells.push([TALON_WORDS.joinsCase, content.joinsCase]);
  let bottom = top;
  cells.forEach(([words, number], i) => {
    const x = LEFT + i * column;
    const y = putLabel(sheet, words, x, top + 6, column - 8);
    // A number that is too long for its column is set smaller, never broken.
    const width = sheet.font('bold', NUMBER_SIZE).widthOfString(number);
    const size = NUMBER_SIZE * Math.min(1, (column - 8) / width);
    putNumber(sheet, { font: 'bold', size }, printable(number), x, y);
    bottom = y + 30;
  });
  rule(sheet, bottom, 1);
  return bottom;
}

function drawMoments(sheet: Sheet, content: TalonContent, top: number): number {
  const column = WIDTH / 4;
  const cells: [Words, string][] = [
    [TALON_WORDS.cabinetNumber, printable(content.cabinetNumber)],
    [TALON_WORDS.sentAt, dateTime(content.sentAt)],
    [TALON_WORDS.receivedAt, dateTime(content.receivedAt)],
    [TALON_WORDS.registeredAt, dateTime(content.registeredAt)],
  ];
  let y = top;
  cells.forEach(([words, value], i) => {
    y = putLabel(sheet, words, LEFT + i * column, top + 6, column - 6);
    putNumber(sheet, { font: 'bold', size: 12 }, value, LEFT + i * column, y + 1);
  });
  const end = put(sheet, LABEL, both(TALON_WORDS.zone), { x: LEFT + column, y: y + 17, width: WIDTH - column }) + 4;
  rule(sheet, end);
  return end;
}

type RowLine = { readonly line: Line; readonly text: string; readonly maxLines?: number; readonly lang?: string };
const strong = (text: string, maxLines = 1): RowLine => ({ line: STRONG, text, maxLines });
const plain = (text: string, maxLines = 1): RowLine => ({ line: PLAIN, text, maxLines });
const russian = (text: string, maxLines = 1): RowLine => ({ ...plain(text, maxLines), ...RU });

const LABEL_WIDTH = 138;

function drawRows(sheet: Sheet, content: TalonContent, top: number): number {
  const verdict = VERDICT_WORDS[content.verdict];
  const id = content.applicantIdMasked;
  const rows: [Words, RowLine[]][] = [
    [TALON_WORDS.kind, [strong(content.kindNameKk, 2), russian(content.kindNameRu, 2)]],
    [TALON_WORDS.applicant, [strong(content.applicant, 2), ...(id === null ? [] : [plain(`${both(TALON_WORDS.applicantId)}: ${id}`)])]],
    [TALON_WORDS.parties, [plain(content.parties, 3)]],
    [TALON_WORDS.verdict, [strong(verdict.kk), russian(verdict.ru)]],
    [TALON_WORDS.duty, dutyLines(content.dutyPaid)],
  ];
  if (content.flagged) rows.push([TALON_WORDS.flagged, [strong(TALON_WORDS.flaggedText.kk), russian(TALON_WORDS.flaggedText.ru)]]);
  rows.push([TALON_WORDS.registeredBy, [plain(content.registeredBy)]]);
  let y = top;
  for (const [label, lines] of rows) {
    const afterLabel = putLabel(sheet, label, LEFT, y, LABEL_WIDTH - 8);
    let next = y - 1;
    for (const { line, text, maxLines = 1, ...tagging } of lines) {
      next = put(sheet, line, text, { x: LEFT + LABEL_WIDTH, y: next, width: WIDTH - LABEL_WIDTH, maxLines }, tagging);
    }
    y = Math.max(afterLabel, next) + 5;
  }
  return y;
}

function dutyLines(duty: TalonContent['dutyPaid']): RowLine[] {
  if (!duty) return [plain(TALON_WORDS.noDuty.kk), russian(TALON_WORDS.noDuty.ru)];
  return [strong(tenge(duty.amountTenge)), plain(`${both(TALON_WORDS.dutyNumber)}: ${duty.number}`)];
}

/** A decimal text in tenge as money; anything else is printed as the payer wrote it. */
function tenge(text: string): string {
  const [, whole, fraction = ''] = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? text : money(BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0')));
}

const QR_GAP = 16;
const CAPTION_HEIGHT = 28;

type Sentence = { readonly kk: readonly [Line, string]; readonly ru: readonly [Line, string] };

/** What follows for the applicant, each sentence in Kazakh and Russian. */
function footSentences(content: TalonContent): Sentence[] {
  const sentence = (font: 'bold' | 'regular', words: Words): Sentence => ({
    kk: [{ font, size: 9 }, words.kk],
    ru: [{ font: 'regular', size: 8.5 }, words.ru],
  });
  // The term ends at 24:00, which is already the next date.
  const due = content.dueAt === null ? null : new Date(Date.parse(content.dueAt) - 1);
  const dueWords = due && { kk: `${TALON_WORDS.dueAt.kk}: ${dateLong('kk', due)}`, ru: `${TALON_WORDS.dueAt.ru}: ${dateLong('ru', due)}` };
  return [
    sentence('regular', TALON_WORDS.meaning),
    ...(dueWords ? [sentence('bold', dueWords)] : []),
    sentence('regular', TALON_WORDS.registry),
    sentence('bold', TALON_WORDS.follow),
    sentence('regular', TALON_WORDS.qrHint),
  ];
}

const footWidth = (content: TalonContent): number => WIDTH - qrSide(content.qrText) - QR_GAP;

function footHeight(sheet: Sheet, content: TalonContent): number {
  const width = footWidth(content);
  const height = ([line, text]: readonly [Line, string]): number => sheet.font(line.font, line.size).heightOfString(text, { width });
  const text = footSentences(content).reduce((sum, { kk, ru }) => sum + height(kk) + height(ru) + 4, 8);
  return Math.max(text, qrSide(content.qrText) + CAPTION_HEIGHT);
}

function drawFoot(sheet: Sheet, content: TalonContent, top: number, keyId: string): void {
  rule(sheet, top, 1);
  const side = qrSide(content.qrText);
  const width = footWidth(content);
  const qrLeft = LEFT + WIDTH - side;
  let y = top + 8;
  for (const { kk, ru } of footSentences(content)) {
    y = put(sheet, ...kk, { x: LEFT, y, width, maxLines: 4 });
    y = put(sheet, ...ru, { x: LEFT, y, width, maxLines: 4 }, RU) + 4;
  }
  drawQr(sheet, content.qrText, qrLeft, top + 1, both(TALON_WORDS.qrAlt));
  let under = top + side - 1;
  for (const text of [content.incomingNumber, `${both(TALON_WORDS.key)}:`, keyId]) {
    under = put(sheet, { font: 'regular', size: 7.5 }, text, { x: qrLeft, y: under, width: side }, { align: 'center' });
  }
}
