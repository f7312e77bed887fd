import { createHash } from 'node:crypto';
import type { Sheet } from './sheet.ts';
import { INK, clamp, printable } from './sheet.ts';
import { LEFT, SMALL, STRONG, WIDTH, both, put, putNumber, rule } from './talon-layout.ts';
import type { Words } from './talon-words.ts';

export type ListedFile = { readonly title: string; readonly pages: number | null; readonly sha256: string };

type ListWords = Readonly<Record<'files' | 'fileTitle' | 'pages' | 'listHash', Words>>;

const NUMBER_WIDTH = 18;
const PAGES_WIDTH = 34;
const HASH_WIDTH = 218;
const TITLE_WIDTH = WIDTH - NUMBER_WIDTH - PAGES_WIDTH - HASH_WIDTH;
const GAP = 6;
const ROW_GAP = 1.5;
/** The largest type in which 64 digits fit their column. */
const HASH_SIZE = 6.4;
/** Room for the lines about the files that are left out. */
const REST_HEIGHT = 32;
/** More files never fit, in whatever form. */
const MOST_FILES = 60;

type Form = { readonly size: number; readonly lines: number };
const SMALLEST: Form = { size: 7.5, lines: 1 };
/** From the most readable to the smallest. */
const FORMS: readonly Form[] = [{ size: 9, lines: 2 }, { size: 9, lines: 1 }, SMALLEST];

/**
 * The list of files in the room between the facts and the foot of a talon, every hash whole on one line. Thirty files still fit one
 * page: titles become one line, then the list ends with the number of those left out and one hash that covers them all.
 * @returns where the list ends.
 */
export function drawFileList(
  sheet: Sheet,
  { files, words }: { readonly files: readonly ListedFile[]; readonly words: ListWords },
  top: number,
  bottom: number,
): number {
  const pages = files.every((file) => file.pages !== null)
    ? ` (${files.reduce((sum, file) => sum + (file.pages ?? 0), 0)} бет / стр.)`
    : '';
  let y = put(sheet, STRONG, `${both(words.files)}: ${files.length}${pages}`, { x: LEFT, y: top }, { type: 'H2' }) + 2;
  const table = sheet.group('Table');
  const row = (type: 'TH' | 'TD', form: Form, number: string, title: string, pageCount: string, hash: string): number => {
    const tr = sheet.group('TR', table);
    const font = type === 'TH' ? 'bold' : 'regular';
    const cell = (text: string, x: number, size: number, width?: number): void => {
      const doc = sheet.font(font, size);
      // The small hash stands on the line of its row.
      const drop = form.size - size;
      const options = width === undefined ? { lineBreak: false } : { width };
      sheet.tag(type, () => doc.fillColor(INK).text(text, x, y + drop, options), { parent: tr });
    };
    const width = TITLE_WIDTH - GAP;
    const doc = sheet.font(font, form.size);
    const cut = clamp(doc, title, width, form.lines);
    const height = doc.heightOfString(cut || ' ', { width });
    cell(number, LEFT, form.size);
    cell(cut, LEFT + NUMBER_WIDTH, form.size, width);
    cell(pageCount, LEFT + NUMBER_WIDTH + TITLE_WIDTH, form.size);
    cell(hash, LEFT + NUMBER_WIDTH + TITLE_WIDTH + PAGES_WIDTH, type === 'TH' ? form.size : HASH_SIZE);
    return y + height;
  };
  y = row('TH', { size: 8, lines: 1 }, '№', both(words.fileTitle), words.pages.kk, 'SHA-256');
  rule(sheet, y + 1);
  y += 3;
  const plan = planRows(sheet, files, bottom - y);
  files.slice(0, plan.shown).forEach((file, i) => {
    y = row('TD', plan.form, String(i + 1), printable(file.title), file.pages === null ? '–' : String(file.pages), file.sha256) + ROW_GAP;
  });
  return plan.shown === files.length ? y : drawRest(sheet, { files, words }, files.length - plan.shown, y + 1);
}

function drawRest(
  sheet: Sheet,
  { files, words }: { readonly files: readonly ListedFile[]; readonly words: ListWords },
  left: number,
  top: number,
): number {
  const x = LEFT + NUMBER_WIDTH;
  const width = WIDTH - NUMBER_WIDTH;
  let y = put(sheet, { font: 'bold', size: 8 }, `… тағы ${left} файл / ещё файлов: ${left}`, { x, y: top, width });
  y = put(sheet, SMALL, `${both(words.listHash)}:`, { x, y, width });
  return putNumber(sheet, SMALL, hashOfAll(files), x, y);
}

/** The most readable form in which the list fits; in the smallest form, how many files are shown. */
function planRows(sheet: Sheet, files: readonly ListedFile[], room: number): { form: Form; shown: number } {
  const width = TITLE_WIDTH - GAP;
  const titles = files.slice(0, MOST_FILES).map((file) => printable(file.title) || ' ');
  for (const form of files.length <= MOST_FILES ? FORMS : []) {
    const doc = sheet.font('regular', form.size);
    const height = titles.reduce((sum, title) => sum + doc.heightOfString(clamp(doc, title, width, form.lines), { width }) + ROW_GAP, 0);
    if (height <= room) return { form, shown: files.length };
  }
  const height = sheet.font('regular', SMALLEST.size).currentLineHeight(true) + ROW_GAP;
  return { form: SMALLEST, shown: Math.max(0, Math.floor((room - REST_HEIGHT) / height)) };
}

/** SHA-256 over the lower-case hex hashes of all files in their order, each followed by a line feed. */
function hashOfAll(files: readonly ListedFile[]): string {
  return createHash('sha256')
    .update(files.map((file) => `${file.sha256}\n`).join(''))
    .digest('hex');
}
