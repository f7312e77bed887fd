import type { Sheet } from './sheet.ts';
import { LEFT, PLAIN, RU, STRONG, WIDTH, put, putLabel } from './talon-layout.ts';
import type { Words } from './talon-words.ts';

/** A label in both languages and the lines beside it. */
export type Fact = readonly [Words, readonly { text: string; strong?: boolean; ru?: boolean; maxLines?: number }[]];

/** Points, as everything here. */
export const LABEL_WIDTH = 150;

/** Writes facts one under the other with a gap after each; answers where the last ends. */
export function putFacts(sheet: Sheet, facts: readonly Fact[], top: number, gap: number): number {
  const place = { x: LEFT + LABEL_WIDTH, width: WIDTH - LABEL_WIDTH };
  let y = top;
  for (const [label, texts] of facts) {
    const afterLabel = putLabel(sheet, label, LEFT, y, LABEL_WIDTH - 10);
    let next = y - 1;
    for (const { text, strong = false, ru = false, maxLines = 1 } of texts)
      next = put(sheet, strong ? STRONG : PLAIN, text, { ...place, y: next, maxLines }, ru ? RU : {});
    y = Math.max(afterLabel, next) + gap;
  }
  return y;
}
