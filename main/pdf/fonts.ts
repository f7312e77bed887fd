import * as fontkit from 'fontkit';

const opened = new Map<string, fontkit.Font>();

/**
 * The font in a file for one paper. Reading the tables of a font costs more than drawing a page with it, so papers share them. They
 * never share glyphs: a glyph remembers the letters it first stood for, and they become the text of the paper.
 */
function openFont(file: string): fontkit.Font {
  let tables = opened.get(file);
  if (!tables) {
    const font = fontkit.openSync(file);
    if (!('layout' in font)) throw new Error(`${file} holds several fonts`);
    opened.set(file, (tables = font));
  }
  return Object.create(tables, { _glyphs: { value: {} } }) as fontkit.Font;
}

/**
 * Names the fonts of a paper.
 * @param files TrueType files that stay as they are while the program runs. Throws where one cannot be read.
 */
export function registerFonts(doc: PDFKit.PDFDocument, files: Readonly<Record<string, string>>): void {
  // its types do not know that pdfkit takes a font that is open
  for (const [name, file] of Object.entries(files)) doc.registerFont(name, openFont(file) as unknown as Buffer);
}
