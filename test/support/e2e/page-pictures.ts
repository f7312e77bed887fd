import { execFileSync } from 'node:child_process';

type Picture = { readonly width: number; readonly height: number; readonly grey: Uint8Array };
const COARSE_DPI = '60';

/** The pages of a PDF as Poppler draws them, coarse and grey. */
export function picturesOf(file: string): readonly Picture[] {
  const all = execFileSync('pdftoppm', ['-gray', '-r', COARSE_DPI, file], { maxBuffer: 256 * 1024 * 1024 });
  const pictures: Picture[] = [];
  for (let at = 0; at < all.length;) {
    const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(all.toString('latin1', at, at + 40));
    if (!header) throw new Error('not a picture of Poppler');
    const [whole, width, height] = [header[0], Number(header[1]), Number(header[2])];
    const from = at + whole.length;
    at = from + width * height;
    pictures.push({ width, height, grey: all.subarray(from, at) });
  }
  return pictures;
}

const BLOCK = 12;

/** Greys of squares rather than points: letters are drawn a little otherwise by every printer. */
function blocksOf({ width, height, grey }: Picture): readonly number[] {
  const blocks: number[] = [];
  for (let top = 0; top + BLOCK <= height; top += BLOCK)
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      let sum = 0;
      for (let y = top; y < top + BLOCK; y++) for (let x = left; x < left + BLOCK; x++) sum += grey[y * width + x]!;
      blocks.push(sum / (BLOCK * BLOCK));
    }
  return blocks;
}

/** How much the greys of two pages differ on average, of 255; 256 when they are not of one size. */
export function difference(a: Picture, b: Picture): number {
  if (Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1) return 256;
  const [here, there] = [blocksOf(a), blocksOf(b)];
  if (here.length !== there.length) return 256;
  return here.reduce((sum, value, n) => sum + Math.abs(value - there[n]!), 0) / here.length;
}
