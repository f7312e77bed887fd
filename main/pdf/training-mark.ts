import type { Sheet } from './sheet.ts';

/** The colours of the mark in the window; the words on the ground keep the ink of the paper and are read as well without colour. */
const EDGE = '#133F70';
const GROUND = '#D6E6F8';

/** The coloured ground that the words of training are put on; lengths in points. */
export function drawTrainingGround(sheet: Sheet, x: number, y: number, width: number, height: number): void {
  sheet.artifact(() => sheet.doc.lineWidth(1).dash(3, { space: 2 }).rect(x, y, width, height).fillAndStroke(GROUND, EDGE).undash());
}
