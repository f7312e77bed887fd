import sharp from 'sharp';

export type Sheet = {
  readonly dpi?: number;
  /** Degrees clockwise by which it lies askew. */
  readonly askew?: number;
  /** Shade of the ink, 0 black. */
  readonly ink?: number;
  readonly blank?: boolean;
  /** Writing runs over the right edge. */
  readonly cut?: boolean;
  readonly seed?: number;
  readonly format?: 'png' | 'jpeg' | 'tiff';
  /** Grain as of a coarse scanner, which does not compress. */
  readonly grain?: boolean;
};

/** A sheet of A4 with lines of writing, as a scanner would bring it. */
export async function drawSheet({
  dpi = 200,
  askew = 0,
  ink = 20,
  blank = false,
  cut = false,
  seed = 1,
  format = 'png',
  grain = false,
}: Sheet) {
  const [width, height] = [Math.round(8.27 * dpi), Math.round(11.69 * dpi)];
  const pixels = Buffer.alloc(width * height, 244);
  let state = seed;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  if (!blank) {
    const [line, margin] = [Math.round(dpi * 0.22), Math.round(dpi * 0.9)];
    const rightmost = cut ? width : width - margin;
    for (let top = margin; top < height - margin; top += line) {
      for (let x = margin; x < rightmost;) {
        const word = Math.round(dpi * (0.1 + random() * 0.4));
        for (let y = top; y < top + line * 0.45; y++) pixels.fill(ink, y * width + x, y * width + Math.min(x + word, rightmost));
        x += word + Math.round(dpi * 0.06);
      }
    }
  }
  if (grain) for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(255, Math.max(0, pixels[i]! + Math.round((random() - 0.5) * 90)));
  let picture = sharp(pixels, { raw: { width, height, channels: 1 } });
  if (askew !== 0) {
    const turned = await picture.rotate(askew, { background: '#f4f4f4' }).raw().toBuffer({ resolveWithObject: true });
    picture = sharp(turned.data, { raw: { width: turned.info.width, height: turned.info.height, channels: turned.info.channels } });
  }
  const bytes = await picture.withMetadata({ density: dpi }).toFormat(format).toBuffer();
  return new Uint8Array(bytes);
}
