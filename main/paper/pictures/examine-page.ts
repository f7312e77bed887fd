import type { PageWarning } from '../../../shared/contract/index.ts';
import type { ExaminedPage } from './picture-messages.ts';

/** A page in shades of grey, one octet a pixel, row by row. */
export type GreyPage = { readonly pixels: Uint8Array; readonly width: number; readonly height: number };

/** Scanners feed a sheet a few degrees askew at most; more was meant. */
const MOST_DEGREES = 10;
/** Below this nobody sees it. */
const LEAST_DEGREES = 0.3;
/** Ink is this much darker than the paper around it. */
const INK_DEPTH = 48;
/** Dust and the punch holes of a blank sheet cover less. */
const BLANK_SHARE = 0.0006;
/** The darkest strokes of a page that was copied too lightly. */
const LIGHT_INK = 150;
/** Of the sheet at each edge, where the shadow of the lid may fall. */
const EDGE_SHARE = 0.03;
/** Ink right at the edge covers this share of its length where writing was cut off; the shadow of a lid covers nearly all of it. */
const CUT = { from: 0.01, to: 0.5 };

/** What is worth knowing about a page before it becomes part of a document. Pure: the same pixels give the same answer. */
export function examinePage(page: GreyPage): ExaminedPage {
  const paper = paperOf(page);
  const ink = findInk(page, paper);
  const share = ink.count / (page.width * page.height);
  if (share < BLANK_SHARE) return { skew: 0, blank: true, warnings: [] };
  const skew = findSkew(ink);
  const warnings: PageWarning[] = [];
  if (ink.darkest > LIGHT_INK) warnings.push('light');
  if (Math.abs(skew) >= MOST_DEGREES) warnings.push('skewed');
  if (isCut(page, paper)) warnings.push('cut');
  return { skew: Math.abs(skew) < LEAST_DEGREES ? 0 : skew, blank: false, warnings };
}

/** The shade of the sheet: what most of its pixels have. */
function paperOf({ pixels }: GreyPage): number {
  const histogram = new Uint32Array(256);
  for (const shade of pixels) histogram[shade]!++;
  let most = 255;
  for (let shade = 255; shade > 96; shade--) if (histogram[shade]! > histogram[most]!) most = shade;
  return most;
}

type Ink = { readonly xs: Int32Array; readonly ys: Int32Array; readonly count: number; readonly darkest: number; readonly height: number };

function findInk({ pixels, width, height }: GreyPage, paper: number): Ink {
  const [left, top] = [Math.ceil(width * EDGE_SHARE), Math.ceil(height * EDGE_SHARE)];
  const limit = paper - INK_DEPTH;
  const xs: number[] = [];
  const ys: number[] = [];
  const shades = new Uint32Array(256);
  for (let y = top; y < height - top; y++) {
    for (let x = left; x < width - left; x++) {
      const shade = pixels[y * width + x]!;
      if (shade > limit) continue;
      xs.push(x - width / 2);
      ys.push(y);
      shades[shade]!++;
    }
  }
  let seen = 0;
  let darkest = 0;
  // the shade that a tenth of the ink is darker than: single dark specks do not make a page legible
  while (darkest < 255 && (seen += shades[darkest]!) < xs.length / 10) darkest++;
  return { xs: Int32Array.from(xs), ys: Int32Array.from(ys), count: xs.length, darkest, height };
}

/** Lines of writing stand out most in the sums of rows when the page is sheared straight: the projection profile with the sharpest peaks wins. */
function findSkew(ink: Ink): number {
  const best = (from: number, to: number, step: number): number => {
    let found = { degrees: 0, score: -1 };
    for (let degrees = from; degrees <= to + step / 2; degrees += step) {
      const score = sharpness(ink, degrees);
      if (score > found.score) found = { degrees, score };
    }
    return found.degrees;
  };
  const coarse = best(-MOST_DEGREES, MOST_DEGREES, 0.5);
  const fine = best(coarse - 0.4, coarse + 0.4, 0.1);
  // a page without lines, such as a photograph, is left as it is
  if (sharpness(ink, fine) < sharpness(ink, 0) * 1.05) return 0;
  return Math.round(fine * 10) / 10 || 0;
}

/** Sum of the squared steps between neighbouring rows, with the rows taken along lines that fall by so many degrees to the left. */
function sharpness({ xs, ys, height }: Ink, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const rows = new Int32Array(height * 2);
  for (let i = 0; i < xs.length; i++) {
    const row = Math.round(ys[i]! + xs[i]! * slope + height / 2);
    if (row >= 0 && row < rows.length) rows[row]!++;
  }
  let sum = 0;
  for (let i = 1; i < rows.length; i++) sum += (rows[i]! - rows[i - 1]!) ** 2;
  return sum;
}

/** Writing that reaches the very edge of the sheet goes on beyond it. */
function isCut({ pixels, width, height }: GreyPage, paper: number): boolean {
  const limit = paper - INK_DEPTH;
  const share = (length: number, at: (i: number) => number) => {
    let dark = 0;
    for (let i = 0; i < length; i++) if (pixels[at(i)]! <= limit) dark++;
    return dark / length;
  };
  return [
    share(width, (x) => x),
    share(width, (x) => (height - 1) * width + x),
    share(height, (y) => y * width),
    share(height, (y) => y * width + width - 1),
  ].some((edge) => edge >= CUT.from && edge <= CUT.to);
}
