import sharp, { type Sharp } from 'sharp';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { examinePage } from './examine-page.ts';
import type { DrawnPage, Drawing, ExaminedPage, SurveyedFile } from './picture-messages.ts';

/** A sheet of A3 at 600 dots an inch has 70 million; what unfolds into more is no scan. */
const MOST_PIXELS = 100_000_000;
const MOST_PAGES = 500;
const FORMATS: readonly string[] = ['jpeg', 'png', 'tiff'];
/** A camera or a program that knows nothing of inches writes 72 or 96. */
const LEAST_BELIEVED_DPI = 100;
const A4_INCHES = { short: 8.27, long: 11.69 };
const EXAMINED_WIDTH = 800;
const THUMBNAIL = { width: 220, height: 300 };
const WHITE = '#ffffff';

// nothing but these three kinds is decoded, whatever a file calls itself
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadTiffBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

type Upright = { readonly turn: number; readonly straighten: number };

const open = (bytes: Uint8Array, page: number): Sharp =>
  sharp(bytes, { page, limitInputPixels: MOST_PIXELS, sequentialRead: false, failOn: 'error' }).autoOrient().flatten({ background: WHITE });

/** Errors: `picture-unreadable`, `picture-too-large`. */
export async function surveyPicture(bytes: Uint8Array): Promise<Result<SurveyedFile>> {
  return guarded(async () => {
    const first = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
    if (!FORMATS.includes(first.format)) return fail('picture-unreadable');
    const count = first.pages ?? 1;
    if (count > MOST_PAGES) return fail('picture-too-large');
    const pages: { width: number; height: number; dpi: number }[] = [];
    for (let page = 0; page < count; page++) {
      const { width, height, density, orientation } = await sharp(bytes, { page, limitInputPixels: MOST_PIXELS }).metadata();
      if (width * height > MOST_PIXELS) return fail('picture-too-large');
      const lies = (orientation ?? 1) >= 5;
      const size = lies ? { width: height, height: width } : { width, height };
      pages.push({ ...size, dpi: dpiOf(width, height, density) });
    }
    return ok({ kind: 'picture', pages });
  });
}

/** What the file says, else what it would be if it filled a sheet of A4. */
function dpiOf(width: number, height: number, density: number | undefined): number {
  if (density !== undefined && density >= LEAST_BELIEVED_DPI) return Math.round(density);
  return Math.round(Math.max(Math.min(width, height) / A4_INCHES.short, Math.max(width, height) / A4_INCHES.long));
}

export function examinePicture(bytes: Uint8Array, page: number): Promise<Result<ExaminedPage>> {
  return guarded(async () => {
    const { data, info } = await open(bytes, page)
      .resize({ width: EXAMINED_WIDTH, withoutEnlargement: true })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    // raw pixels of a grey picture may still come with three bands
    const step = info.channels;
    const pixels = step === 1 ? new Uint8Array(data) : Uint8Array.from({ length: info.width * info.height }, (_, i) => data[i * step]!);
    return ok(examinePage({ pixels, width: info.width, height: info.height }));
  });
}

export function drawThumbnail(bytes: Uint8Array, page: number, upright: Upright): Promise<Result<Uint8Array>> {
  return guarded(async () => {
    const small = await open(bytes, page)
      .resize({ ...THUMBNAIL, fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer();
    const straight = await (upright.straighten === 0
      ? small
      : sharp(small).rotate(upright.straighten, { background: WHITE }).png().toBuffer());
    return ok(new Uint8Array(await sharp(straight).rotate(upright.turn).jpeg({ quality: 80 }).toBuffer()));
  });
}

/** A page as it goes into a document: straight, upright, at most so fine, as JPEG. */
export function drawPicture(
  bytes: Uint8Array,
  page: number,
  { turn, straighten, sourceDpi, drawing }: Upright & { readonly sourceDpi: number; readonly drawing: Drawing },
): Promise<Result<DrawnPage>> {
  return guarded(async () => {
    const whole = await open(bytes, page).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    const raw = { width: whole.info.width, height: whole.info.height, channels: whole.info.channels };
    const scale = Math.min(1, drawing.dpi / sourceDpi);
    const from = (data: Buffer, of: typeof raw) => sharp(data, { raw: of, limitInputPixels: MOST_PIXELS });
    let picture = from(whole.data, raw);
    if (straighten !== 0) {
      const straight = await picture.rotate(straighten, { background: WHITE }).raw().toBuffer({ resolveWithObject: true });
      picture = from(straight.data, { width: straight.info.width, height: straight.info.height, channels: straight.info.channels });
    }
    picture = picture.rotate(turn);
    const { width } = turn % 180 === 0 ? raw : { width: raw.height };
    if (scale < 1) picture = picture.resize({ width: Math.max(1, Math.round(width * scale)) });
    if (drawing.grey) picture = picture.greyscale();
    const { data, info } = await picture.jpeg({ quality: drawing.quality }).toBuffer({ resolveWithObject: true });
    return ok({ bytes: new Uint8Array(data), width: info.width, height: info.height, dpi: sourceDpi * scale });
  });
}

/** What libvips says of a file is never shown: it may quote the file. */
async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const tooLarge = error instanceof Error && error.message.includes('pixel limit');
    return fail(tooLarge ? 'picture-too-large' : 'picture-unreadable');
  }
}
