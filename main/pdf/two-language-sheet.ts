import { A4, GREY, openSheet, type Sheet } from './sheet.ts';
import { LEFT, RU, STRONG, WIDTH, put } from './talon-layout.ts';
import { TALON_WORDS, type Words } from './talon-words.ts';
import { drawTrainingGround } from './training-mark.ts';

type Opening = {
  readonly fontsDir: string;
  readonly title: Words;
  /** Of the case or the filing; stands behind the title. */
  readonly number: string;
  readonly createdAt: string;
  readonly info?: Readonly<Record<string, string>>;
  readonly content: unknown;
};

/** A sheet of A4 in Kazakh and Russian, whose parts find their own places. */
export const openTwoLanguageSheet = ({ title, number, ...rest }: Opening): Sheet =>
  openSheet({
    ...rest,
    language: 'kk-KZ',
    title: `${title.kk} / ${title.ru} ${number}`,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  });

const FRAME_HEIGHT = 31;
const BELOW_FRAME = 11;

/** The mark of training in its frame; answers where the paper itself begins. */
export function putTrainingMark(sheet: Sheet, training: boolean, top: number): number {
  if (!training) return top;
  drawTrainingGround(sheet, LEFT, top, WIDTH, FRAME_HEIGHT);
  const next = put(sheet, STRONG, TALON_WORDS.training.kk, { x: LEFT, y: top + 4 }, { align: 'center' });
  put(sheet, STRONG, TALON_WORDS.training.ru, { x: LEFT, y: next }, { ...RU, align: 'center' });
  return top + FRAME_HEIGHT + BELOW_FRAME;
}

/** What the paper is found by, at its lower edge. */
export function putIdentifier(sheet: Sheet, id: string): void {
  const small = sheet.font('regular', 8);
  sheet.artifact(() => small.fillColor(GREY).text(id, LEFT, A4.height - 34, { lineBreak: false }));
}
