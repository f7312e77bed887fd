/** What Kazakh needs beyond the Russian alphabet, and the sign of the tenge. */
export const KAZAKH_LETTERS = 'ӘәҒғҚқҢңӨөҰұҮүҺһІі₸';

/** Which of the letters a TrueType font has no glyph for (OpenType cmap, formats 4 and 12); all of them when it cannot be read. */
export function lettersWithoutGlyph(font: Uint8Array, letters: string): string[] {
  try {
    const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
    const glyphOf = readCharacterMap(view);
    return Array.from(letters).filter((letter) => glyphOf(letter.codePointAt(0)!) === 0);
  } catch (error) {
    if (error instanceof RangeError) return Array.from(letters);
    throw error;
  }
}

type GlyphOf = (codePoint: number) => number;
const NONE: GlyphOf = () => 0;
const CMAP = 0x636d6170;

function readCharacterMap(view: DataView): GlyphOf {
  let cmap = 0;
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16;
    if (view.getUint32(record) === CMAP) cmap = view.getUint32(record + 8);
  }
  if (cmap === 0) return NONE;
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => cmap + view.getUint32(cmap + 8 + i * 8));
  const long = subtables.find((at) => view.getUint16(at) === 12);
  if (long !== undefined) return readGroups(view, long);
  const short = subtables.find((at) => view.getUint16(at) === 4);
  return short === undefined ? NONE : readSegments(view, short);
}

function readGroups(view: DataView, at: number): GlyphOf {
  const count = view.getUint32(at + 12);
  return (code) => {
    for (let i = 0; i < count; i++) {
      const group = at + 16 + i * 12;
      const first = view.getUint32(group);
      if (code >= first && code <= view.getUint32(group + 4)) return view.getUint32(group + 8) + code - first;
    }
    return 0;
  };
}

function readSegments(view: DataView, at: number): GlyphOf {
  const bytes = view.getUint16(at + 6);
  const [ends, starts] = [at + 14, at + 16 + bytes];
  const [deltas, offsets] = [starts + bytes, starts + 2 * bytes];
  return (code) => {
    for (let i = 0; i < bytes; i += 2) {
      if (code > view.getUint16(ends + i)) continue;
      const first = view.getUint16(starts + i);
      if (code < first) return 0;
      const offset = view.getUint16(offsets + i);
      const glyph = offset === 0 ? code : view.getUint16(offsets + i + offset + 2 * (code - first));
      return glyph === 0 ? 0 : (glyph + view.getUint16(deltas + i)) & 0xffff;
    }
    return 0;
  };
}
