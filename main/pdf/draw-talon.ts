import { createHash } from 'node:crypto';
import { dateLong, dateTime, money } from '../../shared/domain/kk-format.ts';
import type { TalonFacts } from '../../shared/domain/talon.ts';
import { parseTalonQr, talonQrPayload } from '../../shared/domain/talon.ts';
import { drawQr, qrSide } from './draw-qr.ts';
import { TALON_QR_KEY } from './extract-talon-qr.ts';
import type { FontName, Sheet } from './sheet.ts';
import { A4, GREY, INK, clamp, openSheet, printable } from './sheet.ts';
import type { Words } from './talon-words.ts';
import { TALON_WORDS, VERDICT_WORDS } from './talon-words.ts';

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

const LEFT = 42;
const WIDTH = A4.width - 2 * LEFT;
const BOTTOM = A4.height - 34;
const LABEL_WIDTH = 138;
const RU = { lang: 'ru-KZ' };

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
  y = drawFiles(sheet, content, y + 8, lowest - 12);
  drawFoot(sheet, content, Math.min(lowest, y + 24), qr.keyId);
  return sheet.finish();
}

type Line = { readonly font: FontName; readonly size: number; readonly colour?: string };
const STRONG: Line = { font: 'bold', size: 10 };
const PLAIN: Line = { font: 'regular', size: 9.5 };
const SMALL: Line = { font: 'regular', size: 8 };
const LABEL: Line = { font: 'regular', size: 8, colour: GREY };

/** Draws at most `maxLines` lines and answers where the next line begins. */
function put(
  sheet: Sheet,
  line: Line,
  text: string,
  x: number,
  y: number,
  width: number,
  maxLines: number,
  options: { lang?: string; type?: string; align?: 'center' } = {},
): number {
  const { type = 'P', align, ...tagging } = options;
  const doc = sheet.font(line.font, line.size);
  const cut = clamp(doc, printable(text), width, maxLines);
  const height = doc.heightOfString(cut, { width });
  sheet.tag(type, () => doc.fillColor(line.colour ?? INK).text(cut, x, y, { width, ...(align ? { align } : {}) }), tagging);
  return y + height;
}

/** A number in one piece: never broken at its hyphens, never cut. */
function putNumber(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  const doc = sheet.font('bold', size);
  sheet.tag('P', () => doc.fillColor(INK).text(text, x, y, { lineBreak: false }));
}

function putLabel(sheet: Sheet, words: Words, x: number, y: number, width: number): number {
  const next = put(sheet, LABEL, words.kk, x, y, width, 2);
  return put(sheet, LABEL, words.ru, x, next, width, 2, RU);
}

function rule(sheet: Sheet, y: number, weight = 0.5): void {
  sheet.artifact(() =>
    sheet.doc
      .lineWidth(weight)
      .strokeColor(INK)
      .moveTo(LEFT, y)
      .lineTo(LEFT + WIDTH, y)
      .stroke(),
  );
}

function drawHead(sheet: Sheet, content: TalonContent, top: number): number {
  let y = top;
  const marks: Words[] = [...(content.training ? [TALON_WORDS.training] : []), ...(content.copy ? [TALON_WORDS.copy] : [])];
  if (marks.length > 0) {
    sheet.artifact(() => sheet.doc.lineWidth(1).strokeColor(INK).rect(LEFT, top, WIDTH, 31).stroke());
    const next = put(sheet, STRONG, marks.map((mark) => mark.kk).join('  ·  '), LEFT, y + 4, WIDTH, 1, { align: 'center' });
    put(sheet, STRONG, marks.map((mark) => mark.ru).join('  ·  '), LEFT, next, WIDTH, 1, { ...RU, align: 'center' });
    y += 38;
  }
  y = put(sheet, { font: 'bold', size: 19 }, TALON_WORDS.title.kk, LEFT, y, WIDTH, 1, { type: 'H1' });
  y = put(sheet, { font: 'regular', size: 13 }, TALON_WORDS.title.ru, LEFT, y, WIDTH, 1, { ...RU, type: 'H1' });
  y = put(sheet, { font: 'bold', size: 11.5 }, content.courtNameKk, LEFT, y + 5, WIDTH, 2);
  y = put(sheet, { font: 'regular', size: 10.5 }, content.courtNameRu, LEFT, y, WIDTH, 2, RU);
  return put(sheet, LABEL, `${TALON_WORDS.courtCode.kk} / ${TALON_WORDS.courtCode.ru}: ${content.court}`, LEFT, y, WIDTH, 1);
}

function drawNumbers(sheet: Sheet, content: TalonContent, top: number): number {
  rule(sheet, top, 1);
  const half = WIDTH / 2;
  const cells: [Words, string][] = [[TALON_WORDS.incomingNumber, content.incomingNumber]];
  if (content.caseNumber !== null) cells.push([TALON_WORDS.caseNumber, content.caseNumber]);
  else if (content.joinsCase !== null) cells.push([TALON_WORDS.joinsCase, content.joinsCase]);
  let bottom = top;
  cells.forEach(([words, number], i) => {
    const x = LEFT + i * half;
    const y = putLabel(sheet, words, x, top + 6, half - 8);
    const doc = sheet.font('bold', 24);
    putNumber(sheet, printable(number), x, y, Math.min(24, (24 * (half - 8)) / doc.widthOfString(number)));
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
    putNumber(sheet, value, LEFT + i * column, y + 1, 12);
  });
  const note = put(sheet, LABEL, `${TALON_WORDS.zone.kk} / ${TALON_WORDS.zone.ru}`, LEFT + column, y + 17, WIDTH - column, 1);
  rule(sheet, note + 4);
  return note + 4;
}

function drawRows(sheet: Sheet, content: TalonContent, top: number): number {
  let y = top;
  const row = (label: Words, lines: readonly [Line, string, number, { lang?: string }?][]): void => {
    const afterLabel = putLabel(sheet, label, LEFT, y, LABEL_WIDTH - 8);
    let next = y - 1;
    for (const [line, text, maxLines, options] of lines)
      next = put(sheet, line, text, LEFT + LABEL_WIDTH, next, WIDTH - LABEL_WIDTH, maxLines, options);
    y = Math.max(afterLabel, next) + 5;
  };
  const id = content.applicantIdMasked;
  row(TALON_WORDS.kind, [
    [STRONG, content.kindNameKk, 2],
    [PLAIN, content.kindNameRu, 2, RU],
  ]);
  row(TALON_WORDS.applicant, [
    [STRONG, content.applicant, 2],
    ...(id === null ? [] : [[PLAIN, `${TALON_WORDS.applicantId.kk} / ${TALON_WORDS.applicantId.ru}: ${id}`, 1] as [Line, string, number]]),
  ]);
  row(TALON_WORDS.parties, [[PLAIN, content.parties, 3]]);
  const verdict = VERDICT_WORDS[content.verdict];
  row(TALON_WORDS.verdict, [
    [STRONG, verdict.kk, 1],
    [PLAIN, verdict.ru, 1, RU],
  ]);
  row(TALON_WORDS.duty, dutyLines(content.dutyPaid));
  if (content.flagged)
    row(TALON_WORDS.flagged, [
      [STRONG, TALON_WORDS.flaggedText.kk, 1],
      [PLAIN, TALON_WORDS.flaggedText.ru, 1, RU],
    ]);
  row(TALON_WORDS.registeredBy, [[PLAIN, content.registeredBy, 1]]);
  return y;
}

function dutyLines(duty: TalonContent['dutyPaid']): readonly [Line, string, number, { lang?: string }?][] {
  if (!duty)
    return [
      [PLAIN, TALON_WORDS.noDuty.kk, 1],
      [PLAIN, TALON_WORDS.noDuty.ru, 1, RU],
    ];
  const number = `${TALON_WORDS.dutyNumber.kk} / ${TALON_WORDS.dutyNumber.ru}: ${duty.number}`;
  return [
    [STRONG, tenge(duty.amountTenge), 1],
    [PLAIN, number, 1],
  ];
}

/** A decimal text in tenge as money; anything else is printed as the payer wrote it. */
function tenge(text: string): string {
  const match = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text.trim());
  return match ? money(BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))) : text;
}

const NUMBER_WIDTH = 18;
const PAGES_WIDTH = 34;
const HASH_WIDTH = 218;
const TITLE_WIDTH = WIDTH - NUMBER_WIDTH - PAGES_WIDTH - HASH_WIDTH;

/**
 * The list of files in the room between the facts and the foot. Thirty files still fit one page: titles become one line, then
 * the list ends with the number of those left out and one hash that covers them all.
 */
function drawFiles(sheet: Sheet, content: TalonContent, top: number, bottom: number): number {
  const { files } = content;
  const known = files.every((file) => file.pages !== null);
  const pages = files.reduce((sum, file) => sum + (file.pages ?? 0), 0);
  const total = `${files.length}${known ? ` (${pages} бет / стр.)` : ''}`;
  let y = put(sheet, STRONG, `${TALON_WORDS.files.kk} / ${TALON_WORDS.files.ru}: ${total}`, LEFT, top, WIDTH, 1, { type: 'H2' }) + 2;
  const table = sheet.group('Table');
  const line = (size: number, cells: readonly [string, string, string, string], type: 'TH' | 'TD', maxLines: number): number => {
    const tr = sheet.group('TR', table);
    const columns = [NUMBER_WIDTH, TITLE_WIDTH, PAGES_WIDTH, HASH_WIDTH];
    let x = LEFT;
    let height = 0;
    cells.forEach((cell, i) => {
      const at = x;
      const width = columns[i]! - 6;
      const doc = sheet.font(type === 'TH' ? 'bold' : 'regular', i === 3 && type === 'TD' ? HASH_SIZE : size);
      const cut = i === 1 ? clamp(doc, cell, width, maxLines) : cell;
      height = Math.max(height, doc.heightOfString(i === 1 ? cut : 'X', { width }));
      const shift = i === 3 && type === 'TD' ? size - HASH_SIZE : 0;
      sheet.tag(type, () => doc.fillColor(INK).text(cut, at, y + shift, i === 1 ? { width } : { lineBreak: false }), { parent: tr });
      x += columns[i]!;
    });
    return height;
  };
  y += line(8, ['№', `${TALON_WORDS.fileTitle.kk} / ${TALON_WORDS.fileTitle.ru}`, `${TALON_WORDS.pages.kk}`, 'SHA-256'], 'TH', 1);
  rule(sheet, y + 1);
  y += 3;
  const plan = planFiles(
    sheet,
    files.map((file) => printable(file.title)),
    bottom - y,
  );
  files.slice(0, plan.shown).forEach((file, i) => {
    y +=
      line(
        plan.size,
        [String(i + 1), printable(file.title), file.pages === null ? '–' : String(file.pages), file.sha256],
        'TD',
        plan.lines,
      ) + 1.5;
  });
  if (plan.shown === files.length) return y;
  const left = files.length - plan.shown;
  const more = `… тағы ${left} файл / ещё файлов: ${left}`;
  y = put(sheet, { font: 'bold', size: 8 }, more, LEFT + NUMBER_WIDTH, y + 1, WIDTH - NUMBER_WIDTH, 1);
  y = put(sheet, SMALL, `${TALON_WORDS.listHash.kk} / ${TALON_WORDS.listHash.ru}:`, LEFT + NUMBER_WIDTH, y, WIDTH - NUMBER_WIDTH, 1);
  const doc = sheet.font('regular', 8);
  sheet.tag('P', () => doc.fillColor(INK).text(fileListHash(files), LEFT + NUMBER_WIDTH, y, { lineBreak: false }));
  return y + doc.currentLineHeight(true);
}

const HASH_SIZE = 6.4;
const REST_HEIGHT = 32;

/** The largest form in which the list fits; in the smallest form, how many files are shown. */
function planFiles(sheet: Sheet, titles: readonly string[], room: number): { size: number; lines: number; shown: number } {
  const forms = [
    { size: 9, lines: 2 },
    { size: 9, lines: 1 },
    { size: 7.5, lines: 1 },
  ];
  for (const form of forms) {
    const doc = sheet.font('regular', form.size);
    const heights = titles.map(
      (title) => doc.heightOfString(clamp(doc, title, TITLE_WIDTH - 6, form.lines), { width: TITLE_WIDTH - 6 }) + 1.5,
    );
    if (heights.reduce((sum, height) => sum + height, 0) <= room) return { ...form, shown: titles.length };
  }
  const smallest = forms.at(-1)!;
  const height = sheet.font('regular', smallest.size).currentLineHeight(true) + 1.5;
  return { ...smallest, shown: Math.max(0, Math.floor((room - REST_HEIGHT) / height)) };
}

/** SHA-256 over the lower-case hex hashes of all files in their order, each followed by a line feed. */
export function fileListHash(files: readonly { readonly sha256: string }[]): string {
  return createHash('sha256')
    .update(files.map((file) => `${file.sha256}\n`).join(''))
    .digest('hex');
}

const QR_GAP = 16;
const CAPTION_HEIGHT = 28;

/** What follows for the applicant, each sentence in Kazakh and Russian; the first sizes are for Kazakh. */
function footSentences(content: TalonContent): { kk: [Line, string]; ru: [Line, string] }[] {
  const due = content.dueAt === null ? null : new Date(Date.parse(content.dueAt) - 1);
  const strong = { font: 'bold', size: 9 } as const;
  const plain = { font: 'regular', size: 9 } as const;
  const ru = { font: 'regular', size: 8.5 } as const;
  const sentence = (line: Line, words: Words): { kk: [Line, string]; ru: [Line, string] } => ({ kk: [line, words.kk], ru: [ru, words.ru] });
  return [
    sentence(plain, TALON_WORDS.meaning),
    ...(due
      ? [sentence(strong, { kk: `${TALON_WORDS.dueAt.kk}: ${dateLong('kk', due)}`, ru: `${TALON_WORDS.dueAt.ru}: ${dateLong('ru', due)}` })]
      : []),
    sentence(plain, TALON_WORDS.registry),
    sentence(strong, TALON_WORDS.follow),
    sentence(plain, TALON_WORDS.qrHint),
  ];
}

const footWidth = (content: TalonContent): number => WIDTH - qrSide(content.qrText) - QR_GAP;

function footHeight(sheet: Sheet, content: TalonContent): number {
  const width = footWidth(content);
  const height = ([line, text]: [Line, string]): number => sheet.font(line.font, line.size).heightOfString(text, { width });
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
    y = put(sheet, kk[0], kk[1], LEFT, y, width, 4);
    y = put(sheet, ru[0], ru[1], LEFT, y, width, 4, RU) + 4;
  }
  drawQr(sheet, content.qrText, qrLeft, top + 1, `${TALON_WORDS.qrAlt.kk} / ${TALON_WORDS.qrAlt.ru}`);
  const caption: Line = { font: 'regular', size: 7.5 };
  let under = top + side - 1;
  for (const text of [content.incomingNumber, `${TALON_WORDS.key.kk} / ${TALON_WORDS.key.ru}:`, keyId]) {
    under = put(sheet, caption, text, qrLeft, under, side, 1, { align: 'center' });
  }
}
