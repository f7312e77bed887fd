import { dateLong, dateTime, money } from '../../shared/domain/kk-format.ts';
import { parseTalonQr, talonQrPayload, type TalonFacts } from '../../shared/domain/talon.ts';
import { drawFileList } from './draw-file-list.ts';
import { drawQr, qrSide } from './draw-qr.ts';
import { TALON_QR_KEY } from './extract-qr.ts';
import { INK, openSheet, printable, type Sheet } from './sheet.ts';
import { BOTTOM, LABEL, LEFT, PLAIN, RU, STRONG, WIDTH, both, put, putLabel, putNumber, rule, type Line } from './talon-layout.ts';
import type { TalonLayout } from './talon-template.ts';
import type { Words } from './talon-words.ts';
import { drawTrainingGround } from './training-mark.ts';

/** Everything a talon prints. Instants are UTC ISO strings; `dueAt` is the end of the last day (24:00 in UTC+5). */
export type TalonContent = TalonFacts & {
  courtNameKk: string;
  courtNameRu: string;
  kindNameKk: string;
  kindNameRu: string;
  /** In the cabinet; null for what was handed in on paper. */
  sentAt: string | null;
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
  /** A reprint: which one, when and by whom it was made. */
  copy: false | { readonly number: number; readonly at: string; readonly by: string };
};

/**
 * Draws the registration talon: one A4 page in Kazakh and Russian, PDF/A-2a, to be signed by the court's system certificate.
 * It claims no more than the registration; that the registration is confirmed is for the registry to say.
 * @param form.fontsDir the folder of the Tinos files.
 */
export async function drawTalon(content: TalonContent, form: { fontsDir: string; layout: TalonLayout }): Promise<Uint8Array> {
  const { fontsDir, layout } = form;
  const qr = parseTalonQr(content.qrText);
  if (!qr || qr.payload !== talonQrPayload(content, qr.keyId)) throw new Error('the QR text says something else than the talon');
  const sheet = openSheet({
    fontsDir,
    language: 'kk-KZ',
    title: `Тіркеу талоны / Талон о регистрации ${content.incomingNumber}`,
    createdAt: content.copy === false ? content.registeredAt : content.copy.at,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    info: { [TALON_QR_KEY]: content.qrText },
    content: [content, layout],
  });
  const page: Page = { sheet, content, layout };
  let y = drawHead(page, 34);
  y = drawNumbers(page, y + 8);
  y = drawMoments(page, y);
  y = drawRows(page, y + 10);
  const lowest = BOTTOM - footHeight(page);
  if (layout.files) y = drawFileList(sheet, { files: content.files, words: layout.words }, y + 8, lowest - 12);
  drawFoot(page, Math.min(lowest, y + 24), qr.keyId);
  return sheet.finish();
}

type Page = { readonly sheet: Sheet; readonly content: TalonContent; readonly layout: TalonLayout };

function drawHead({ sheet, content, layout: { words } }: Page, top: number): number {
  let y = top;
  const marks = marksOf(content, words);
  if (marks.length > 0) {
    const height = marks.length * MARK_LINE + 8;
    if (content.training) drawTrainingGround(sheet, LEFT, top, WIDTH, height);
    else sheet.artifact(() => sheet.doc.lineWidth(1).strokeColor(INK).rect(LEFT, top, WIDTH, height).stroke());
    marks.forEach(({ text, lang }, at) =>
      put(sheet, STRONG, text, { x: LEFT, y: y + 4 + at * MARK_LINE }, { ...(lang ? { lang } : {}), align: 'center' }),
    );
    y += height + 7;
  }
  y = put(sheet, { font: 'bold', size: 19 }, words.title.kk, { x: LEFT, y }, { type: 'H1' });
  y = put(sheet, { font: 'regular', size: 13 }, words.title.ru, { x: LEFT, y }, { ...RU, type: 'H1' });
  y = put(sheet, { font: 'bold', size: 11.5 }, content.courtNameKk, { x: LEFT, y: y + 5, maxLines: 2 });
  y = put(sheet, { font: 'regular', size: 10.5 }, content.courtNameRu, { x: LEFT, y, maxLines: 2 }, RU);
  return put(sheet, LABEL, `${both(words.courtCode)}: ${content.court}`, { x: LEFT, y });
}

const MARK_LINE = 11.5;

/** What must not be overlooked, line by line. */
function marksOf({ training, copy }: TalonContent, words: TalonLayout['words']): { readonly text: string; readonly lang?: string }[] {
  return [
    ...(training ? [{ text: words.training.kk }, { text: words.training.ru, ...RU }] : []),
    ...(copy === false ? [] : [{ text: `${both(words.copy)} № ${copy.number} · ${dateTime(copy.at)} · ${copy.by}` }]),
  ];
}

const NUMBER_SIZE = 24;
/** Columns are no wider than this, however few numbers there are. */
const FEWEST_COLUMNS = 2;

function drawNumbers({ sheet, content, layout: { words, numbers } }: Page, top: number): number {
  rule(sheet, top, 1);
  const { caseNumber, joinsCase } = content;
  const cells = numbers.flatMap((number): [Words, string][] => {
    if (number === 'incoming') return [[words.incomingNumber, content.incomingNumber]];
    if (number === 'cabinet') return [[words.cabinetNumber, content.cabinetNumber]];
    return caseNumber !== null ? [[words.caseNumber, caseNumber]] : joinsCase !== null ? [[words.joinsCase, joinsCase]] : [];
  });
  const column = WIDTH / Math.max(FEWEST_COLUMNS, cells.length);
  let bottom = top;
  cells.forEach(([label, number], i) => {
    const x = LEFT + i * column;
    const y = putLabel(sheet, label, x, top + 6, column - 8);
    // A number that is too long for its column is set smaller, never broken.
    const width = sheet.font('bold', NUMBER_SIZE).widthOfString(number);
    const size = NUMBER_SIZE * Math.min(1, (column - 8) / width);
    putNumber(sheet, { font: 'bold', size }, printable(number), x, y);
    bottom = y + 30;
  });
  rule(sheet, bottom, 1);
  return bottom;
}

const MOST_MOMENTS = 4;

function drawMoments({ sheet, content, layout: { words, moments } }: Page, top: number): number {
  const cellOf: Readonly<Record<(typeof moments)[number], [Words, string]>> = {
    cabinet: [words.cabinetNumber, printable(content.cabinetNumber)],
    sent: content.sentAt === null ? [words.channel, words.onPaper.kk] : [words.sentAt, dateTime(content.sentAt)],
    received: [words.receivedAt, dateTime(content.receivedAt)],
    registered: [words.registeredAt, dateTime(content.registeredAt)],
  };
  const cells = moments.map((moment) => cellOf[moment]);
  const column = WIDTH / Math.max(MOST_MOMENTS, cells.length);
  let y = top;
  cells.forEach(([label, value], i) => {
    y = putLabel(sheet, label, LEFT + i * column, top + 6, column - 6);
    putNumber(sheet, { font: 'bold', size: 12 }, value, LEFT + i * column, y + 1);
  });
  const end = put(sheet, LABEL, both(words.zone), { x: LEFT, y: y + 17 }) + 4;
  rule(sheet, end);
  return end;
}

type RowLine = { readonly line: Line; readonly text: string; readonly maxLines?: number; readonly lang?: string };
const strong = (text: string, maxLines = 1): RowLine => ({ line: STRONG, text, maxLines });
const plain = (text: string, maxLines = 1): RowLine => ({ line: PLAIN, text, maxLines });
const russian = (text: string, maxLines = 1): RowLine => ({ ...plain(text, maxLines), ...RU });

const LABEL_WIDTH = 138;

function drawRows({ sheet, content, layout }: Page, top: number): number {
  const { words, verdicts } = layout;
  const verdict = verdicts[content.verdict];
  const id = content.applicantIdMasked;
  const linesOf: Readonly<Record<(typeof layout.rows)[number], RowLine[]>> = {
    kind: [strong(content.kindNameKk, 2), russian(content.kindNameRu, 2)],
    applicant: [strong(content.applicant, 2), ...(id === null ? [] : [plain(`${both(words.applicantId)}: ${id}`)])],
    parties: [plain(content.parties, 3)],
    verdict: [strong(verdict.kk), russian(verdict.ru)],
    duty: dutyLines(content.dutyPaid, words),
    flagged: content.flagged ? [strong(words.flaggedText.kk), russian(words.flaggedText.ru)] : [],
    registeredBy: [plain(content.registeredBy)],
  };
  const rows = layout.rows.map((row): [Words, RowLine[]] => [words[row], linesOf[row]]).filter(([, lines]) => lines.length > 0);
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

function dutyLines(duty: TalonContent['dutyPaid'], words: TalonLayout['words']): RowLine[] {
  if (!duty) return [plain(words.noDuty.kk), russian(words.noDuty.ru)];
  return [strong(tenge(duty.amountTenge)), plain(`${both(words.dutyNumber)}: ${duty.number}`)];
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
function footSentences({ content, layout: { words, foot, checkAddress } }: Page): Sentence[] {
  const sentence = (font: 'bold' | 'regular', { kk, ru }: Words): Sentence => ({
    kk: [{ font, size: 9 }, kk],
    ru: [{ font: 'regular', size: 8.5 }, ru],
  });
  // The term ends at 24:00, which is already the next date.
  const due = content.dueAt === null ? null : new Date(Date.parse(content.dueAt) - 1);
  const said = foot.flatMap((item): Sentence[] => {
    if (typeof item !== 'string') return [sentence('regular', item)];
    if (item !== 'dueAt') return [sentence(item === 'follow' ? 'bold' : 'regular', words[item])];
    return due
      ? [sentence('bold', { kk: `${words.dueAt.kk}: ${dateLong('kk', due)}`, ru: `${words.dueAt.ru}: ${dateLong('ru', due)}` })]
      : [];
  });
  if (checkAddress === null) return said;
  return [...said, sentence('bold', { kk: `${words.checkAt.kk}: ${checkAddress}`, ru: `${words.checkAt.ru}: ${checkAddress}` })];
}

const footWidth = (content: TalonContent): number => WIDTH - qrSide(content.qrText) - QR_GAP;

function footHeight(page: Page): number {
  const { sheet, content } = page;
  const width = footWidth(content);
  const height = ([line, text]: readonly [Line, string]): number => sheet.font(line.font, line.size).heightOfString(text, { width });
  const text = footSentences(page).reduce((sum, { kk, ru }) => sum + height(kk) + height(ru) + 4, 8);
  return Math.max(text, qrSide(content.qrText) + CAPTION_HEIGHT);
}

function drawFoot(page: Page, top: number, keyId: string): void {
  const { sheet, content } = page;
  const { words } = page.layout;
  rule(sheet, top, 1);
  const side = qrSide(content.qrText);
  const width = footWidth(content);
  const qrLeft = LEFT + WIDTH - side;
  let y = top + 8;
  for (const { kk, ru } of footSentences(page)) {
    y = put(sheet, ...kk, { x: LEFT, y, width, maxLines: 4 });
    y = put(sheet, ...ru, { x: LEFT, y, width, maxLines: 4 }, RU) + 4;
  }
  drawQr(sheet, content.qrText, qrLeft, top + 1, both(words.qrAlt));
  let under = top + side - 1;
  for (const text of [content.incomingNumber, `${both(words.key)}:`, keyId]) {
    under = put(sheet, { font: 'regular', size: 7.5 }, text, { x: qrLeft, y: under, width: side }, { align: 'center' });
  }
}
