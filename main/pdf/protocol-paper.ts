import type { SignatureState } from '../../shared/contract/index.ts';
import type { CheckRecord } from '../../shared/domain/verdict.ts';
import { GREY, INK, clamp, printable, type Sheet, type Struct } from './sheet.ts';
import { BOTTOM, LEFT, PLAIN, RU, STRONG, WIDTH, put, rule, type Line } from './talon-layout.ts';
import type { Words } from './talon-words.ts';

/** Words for the paper: a key of the locales in Kazakh and Russian. */
export type Say = (key: string, params?: Readonly<Record<string, string>>) => Words;
/** The words of an id under a family of keys; the id itself where there are none. */
export type Name = (family: string, id: string) => Words;

const TOP = 42;
/** Lines of one value; a name longer than this is nobody's. */
const MOST_LINES = 12;
const LABEL_WIDTH = 132;
const CHECK: Line = { font: 'regular', size: 8 };
/** What is not in order is found at a glance. */
const FAILED: Line = { font: 'bold', size: 8 };
const LABEL: Line = { font: 'regular', size: 8.5, colour: GREY };

/** A paper that grows from top to bottom and takes a new page when the next part does not fit. */
export type Paper = { readonly sheet: Sheet; y: number };
export const openPaper = (sheet: Sheet): Paper => ({ sheet, y: TOP });

export function room(paper: Paper, height: number): void {
  if (paper.y + height <= BOTTOM - 16) return;
  paper.sheet.doc.addPage();
  paper.y = TOP;
}

function heightOf({ sheet }: Paper, line: Line, text: string, width: number): number {
  const doc = sheet.font(line.font, line.size);
  return doc.heightOfString(clamp(doc, printable(text), width, MOST_LINES), { width });
}

type Placing = { readonly x?: number; readonly width?: number; readonly type?: string; readonly parent?: Struct };

/** Both languages, one below the other, kept together. */
export function putBoth(paper: Paper, line: Line, words: Words, { x = LEFT, width = WIDTH, type = 'P' }: Placing = {}): void {
  const russian: Line = { ...line, font: 'regular' };
  room(paper, heightOf(paper, line, words.kk, width) + heightOf(paper, russian, words.ru, width));
  const next = put(paper.sheet, line, words.kk, { x, y: paper.y, width, maxLines: MOST_LINES }, { type });
  paper.y = put(paper.sheet, russian, words.ru, { x, y: next, width, maxLines: MOST_LINES }, { ...RU, type });
}

/** A value beside its label in both languages. */
export function putRow(paper: Paper, label: Words, values: readonly (string | Words)[]): void {
  const width = WIDTH - LABEL_WIDTH;
  const lines = values.flatMap((value) =>
    typeof value === 'string'
      ? [{ text: value }]
      : value.kk === value.ru
        ? [{ text: value.kk }]
        : [{ text: value.kk }, { text: value.ru, ...RU }],
  );
  const height = lines.reduce((sum, { text }) => sum + heightOf(paper, PLAIN, text, width), 0);
  room(paper, Math.max(height, 22));
  const labelled = put(paper.sheet, LABEL, label.kk, { x: LEFT, y: paper.y, width: LABEL_WIDTH - 8, maxLines: 2 });
  // One word in both languages is not said twice.
  const afterLabel =
    label.ru === label.kk || label.ru === ''
      ? labelled
      : put(paper.sheet, LABEL, label.ru, { x: LEFT, y: labelled, width: LABEL_WIDTH - 8, maxLines: 2 }, RU);
  let y = paper.y - 1;
  for (const { text, ...tagging } of lines) {
    y = put(paper.sheet, PLAIN, text, { x: LEFT + LABEL_WIDTH, y, width, maxLines: MOST_LINES }, tagging);
  }
  paper.y = Math.max(afterLabel, y) + 3;
}

export function putRule(paper: Paper, weight = 0.5): void {
  rule(paper.sheet, paper.y, weight);
  paper.y += 6;
}

type Mark = SignatureState | CheckRecord['result'];
const OCTAGON = 'M6.2 1.2h7.6l5 5v7.6l-5 5H6.2l-5-5V6.2z';
const TRIANGLE = 'M10 1.4 19.2 18H.8z';
/** Outline, and the sign within it; by shape alone, in black, as the window draws them. Only what is sound and the filer's has a tick. */
const SHAPES: Readonly<Record<Mark, { readonly outline: string | null; readonly sign: string }>> = {
  valid: { outline: null, sign: 'M5.8 10.4l2.8 2.8 5.6-6' },
  ok: { outline: null, sign: 'M5.8 10.4l2.8 2.8 5.6-6' },
  'on-paper': { outline: null, sign: 'M10 9.2v5M10 5.6v.4' },
  'check-signer': { outline: TRIANGLE, sign: 'M10 8.2v.4M7 15.4c.4-2 1.6-3 3-3s2.6 1 3 3' },
  undecided: { outline: TRIANGLE, sign: 'M10 7.2v5.2M10 15.1v.3' },
  warn: { outline: TRIANGLE, sign: 'M10 7.2v5.2M10 15.1v.3' },
  invalid: { outline: OCTAGON, sign: 'M6.9 6.900l6.2 6.200M13.1 6.900l-6.2 6.2' },
  fail: { outline: OCTAGON, sign: 'M6.9 6.900l6.2 6.200M13.1 6.900l-6.2 6.2' },
  absent: { outline: OCTAGON, sign: 'M6.5 10h7' },
  'not-checked': { outline: null, sign: 'M7 10h6' },
  'not-run': { outline: null, sign: 'M7 10h6' },
};

/** A sign of `size` points; the words beside it say the same. */
export function drawMark({ sheet }: Paper, mark: Mark, x: number, y: number, size: number): void {
  const { outline, sign } = SHAPES[mark];
  sheet.artifact(() => {
    const doc = sheet.doc.save();
    doc
      .translate(x, y)
      .scale(size / 20)
      .lineWidth(1.5)
      .strokeColor(INK);
    if (mark === 'not-checked' || mark === 'not-run') doc.circle(10, 10, 8).dash(2.6, { space: 2 }).stroke().undash();
    else if (outline === null) doc.circle(10, 10, 8.5).stroke();
    else doc.path(outline).stroke();
    doc.path(sign).stroke();
    doc.restore();
  });
}

const MARK_WIDTH = 15;
const COLUMN_GAP = 10;

/** One check: its sign, then the words in Kazakh on the left and in Russian on the right. */
export function putCheck(paper: Paper, table: Struct, mark: Mark, words: Words): void {
  const width = (WIDTH - MARK_WIDTH - COLUMN_GAP) / 2;
  const line = mark === 'fail' ? FAILED : CHECK;
  const height = Math.max(heightOf(paper, line, words.kk, width), heightOf(paper, line, words.ru, width));
  room(paper, height);
  drawMark(paper, mark, LEFT, paper.y + 0.5, 8);
  const row = paper.sheet.group('TR', table);
  const cell = (text: string, x: number, lang: { lang?: string }): void => {
    const doc = paper.sheet.font(line.font, line.size);
    const cut = clamp(doc, printable(text), width, MOST_LINES);
    paper.sheet.tag('TD', () => doc.fillColor(INK).text(cut, x, paper.y, { width }), { parent: row, ...lang });
  };
  const y = paper.y;
  cell(words.kk, LEFT + MARK_WIDTH, {});
  paper.y = y;
  cell(words.ru, LEFT + MARK_WIDTH + width + COLUMN_GAP, RU);
  paper.y = y + height + 1.5;
}

export const HEADING: Line = { font: 'bold', size: 12 };
export const PART: Line = { font: 'bold', size: 10.5 };
export { PLAIN, STRONG };
