import type { FontName, Sheet } from './sheet.ts';
import { A4, GREY, INK, clamp, printable } from './sheet.ts';
import type { Words } from './talon-words.ts';

/** Points from the left and top edge of the page. */
export const LEFT = 42;
export const WIDTH = A4.width - 2 * LEFT;
export const BOTTOM = A4.height - 34;
export const RU = { lang: 'ru-KZ' };

export type Line = { readonly font: FontName; readonly size: number; readonly colour?: string };
export const STRONG: Line = { font: 'bold', size: 10 };
export const PLAIN: Line = { font: 'regular', size: 9.5 };
export const SMALL: Line = { font: 'regular', size: 8 };
export const LABEL: Line = { font: 'regular', size: 8, colour: GREY };

type Placed = { readonly x: number; readonly y: number; readonly width?: number; readonly maxLines?: number };
type Tagging = { readonly lang?: string; readonly type?: string; readonly align?: 'center' };

/** Draws at most `maxLines` lines (one when left out) and answers where the next line begins. */
export function put(sheet: Sheet, line: Line, text: string, { x, y, width = WIDTH, maxLines = 1 }: Placed, tagging: Tagging = {}): number {
  const { type = 'P', align, ...rest } = tagging;
  const doc = sheet.font(line.font, line.size);
  const cut = clamp(doc, printable(text), width, maxLines);
  const height = doc.heightOfString(cut, { width });
  sheet.tag(type, () => doc.fillColor(line.colour ?? INK).text(cut, x, y, { width, ...(align ? { align } : {}) }), rest);
  return y + height;
}

/** A number in one piece: never broken at its hyphens, never cut. */
export function putNumber(sheet: Sheet, line: Line, text: string, x: number, y: number): number {
  const doc = sheet.font(line.font, line.size);
  sheet.tag('P', () => doc.fillColor(INK).text(text, x, y, { lineBreak: false }));
  return y + doc.currentLineHeight(true);
}

export function putLabel(sheet: Sheet, words: Words, x: number, y: number, width: number): number {
  const next = put(sheet, LABEL, words.kk, { x, y, width, maxLines: 2 });
  return put(sheet, LABEL, words.ru, { x, y: next, width, maxLines: 2 }, RU);
}

export function rule(sheet: Sheet, y: number, weight = 0.5): void {
  sheet.artifact(() =>
    sheet.doc
      .lineWidth(weight)
      .strokeColor(INK)
      .moveTo(LEFT, y)
      .lineTo(LEFT + WIDTH, y)
      .stroke(),
  );
}

export const both = (words: Words): string => `${words.kk} / ${words.ru}`;
