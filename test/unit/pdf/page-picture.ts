import { execFileSync } from 'node:child_process';
import decodeQR from 'qr/decode.js';

/** A page as poppler paints it: one byte a pixel, 0 black. */
export type PagePicture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

export function pictureOf(pdf: string, page: number, dpi: number): PagePicture {
  const pgm = execFileSync('pdftoppm', ['-gray', '-r', String(dpi), '-f', String(page), '-l', String(page), '-singlefile', pdf], {
    maxBuffer: 256 * 1024 * 1024,
  });
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 64).toString('latin1'))!;
  const width = Number(header[1]);
  const height = Number(header[2]);
  return { width, height, pixels: pgm.subarray(header[0].length, header[0].length + width * height) };
}

/** What a QR reader that is not ours reads from the picture. */
export function readQr({ width, height, pixels }: PagePicture): string {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.fill(pixels[i]!, i * 3, i * 3 + 3);
  return decodeQR({ width, height, data });
}

/** How many pixels are darker than half. */
export function ink({ pixels }: PagePicture): number {
  return pixels.reduce((sum, value) => sum + (value < 128 ? 1 : 0), 0);
}

/** What zbar reads from the first page at 150 dpi, as an office scanner would see it. */
export function zbarReads(pdf: string): string {
  const png = execFileSync('pdftoppm', ['-png', '-r', '150', '-f', '1', '-l', '1', '-singlefile', pdf], { maxBuffer: 256 * 1024 * 1024 });
  return execFileSync('zbarimg', ['--nodbus', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', '-'], {
    input: png,
    encoding: 'utf8',
  }).trimEnd();
}
