import { createHash } from 'node:crypto';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { registerFonts } from './fonts.ts';

export type FontName = 'regular' | 'bold' | 'italic';
export type Struct = ReturnType<PDFKit.PDFDocument['struct']>;
type Pdf = PDFKit.PDFDocument;

const FONT_FILES: Readonly<Record<FontName, string>> = { regular: 'Tinos-Regular.ttf', bold: 'Tinos-Bold.ttf', italic: 'Tinos-Italic.ttf' };
export const MM = 72 / 25.4;
export const A4 = { width: 595.28, height: 841.89 } as const;
export const INK = '#000000';
export const GREY = '#505050';

/**
 * An A4 paper drawn from nothing: tagged PDF/A-2a with embedded fonts that have every Kazakh letter. The same input gives the
 * same bytes: its dates and its identifier come from the content.
 */
export type Sheet = {
  readonly doc: Pdf;
  readonly root: Struct;
  /** Draws a tagged part below `parent` (the document itself when left out); `lang` where it is not the language of the paper. */
  tag(type: string, draw: () => void, options?: { parent?: Struct; lang?: string; alt?: string }): void;
  /** Opens a tagged part that holds other parts. */
  group(type: string, parent?: Struct): Struct;
  /** Draws what is no content: lines, page numbers, frames. */
  artifact(draw: () => void): void;
  font(name: FontName, size: number): Pdf;
  finish(): Promise<Uint8Array>;
};

/**
 * @param input.language of the paper as a whole, `kk-KZ` or `ru-KZ`.
 * @param input.info further entries of the information dictionary, ASCII.
 * @param input.content whatever the paper says; it only feeds the identifier of the file.
 */
export function openSheet(input: {
  fontsDir: string;
  language: string;
  title: string;
  createdAt: string;
  margins: { top: number; bottom: number; left: number; right: number };
  landscape?: boolean;
  info?: Readonly<Record<string, string>>;
  content: unknown;
}): Sheet {
  const identity = { KenseContent: createHash('sha256').update(JSON.stringify(input.content)).digest('hex') };
  const doc = new PDFDocument({
    size: 'A4',
    layout: input.landscape ? 'landscape' : 'portrait',
    margins: input.margins,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: input.language,
    displayTitle: true,
    bufferPages: true,
    // no face of the standard fourteen is ever used
    font: '',
    info: { Title: input.title, Creator: 'Kense', Producer: 'Kense', CreationDate: new Date(input.createdAt), ...input.info, ...identity },
  });
  registerFonts(doc, Object.fromEntries(Object.entries(FONT_FILES).map(([name, file]) => [name, join(input.fontsDir, file)])));
  doc.font('regular');
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const root = doc.struct('Document');
  doc.addStructure(root);
  const group = (type: string, parent: Struct = root): Struct => {
    const struct = doc.struct(type);
    parent.add(struct);
    return struct;
  };
  return {
    doc,
    root,
    tag: (type, draw, { parent = root, ...options } = {}) => void parent.add(doc.struct(type, options, draw)),
    group,
    artifact: (draw) => {
      doc.markContent('Artifact', { type: 'Layout' });
      draw();
      doc.endMarkedContent();
    },
    // by its file: under a name of its own, a face that is open already is read anew each time
    font: (name, size) => doc.font(name).fontSize(size),
    finish: () =>
      new Promise((resolve, reject) => {
        doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
        doc.on('error', reject);
        root.end();
        doc.end();
      }),
  };
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/**
 * Text as it may be printed: composed letters, one space for any white space, nothing invisible. Control and direction marks in a
 * name could make a paper say something else than it seems to.
 */
export const printable = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').replace(HIDDEN, '').trim();

/** The text with an ellipsis, cut to what fits `maxLines` lines of the current font. */
export function clamp(doc: Pdf, text: string, width: number, maxLines: number): string {
  const fits = (candidate: string): boolean => doc.heightOfString(candidate, { width }) <= doc.currentLineHeight(true) * maxLines + 0.5;
  if (text.length <= maxLines * 1000 && fits(text)) return text;
  // Nothing beyond this could be shown, and measuring it takes time.
  const letters = Array.from(text.slice(0, maxLines * 1000));
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(`${letters.slice(0, middle).join('').trimEnd()}…`)) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}
