import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MAX_CHARACTERS, MAX_PAGE_CHARACTERS, MAX_PAGES } from '../reading-limits.ts';
import { Unreadable } from './unreadable.ts';

export type PageText = { readonly page: number; readonly text: string };
export type PagesText = { readonly pages: readonly PageText[]; readonly cut: boolean };

type Library = typeof Pdfjs;
let library: Promise<Library> | null = null;

/**
 * The library without a canvas, a disk or native code: a matrix is made while it loads and never used for reading text, and what it would fetch
 * from Node is withheld, so that it asks for nothing. Its own worker runs in this thread.
 */
async function loadLibrary(): Promise<Library> {
  const place = globalThis as unknown as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) place[name] ??= Object;
  Object.defineProperty(process, 'getBuiltinModule', { value: undefined, configurable: true });
  // @ts-expect-error the library's worker has no types; loading it is what makes it known
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** The text of each page of a PDF. Throws Unreadable: `encrypted`, `malformed`. */
export async function readPdfText(bytes: Uint8Array): Promise<PagesText> {
  const { getDocument, VerbosityLevel } = await (library ??= loadLibrary());
  const task = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    stopAtErrors: false,
  });
  try {
    const document = await task.promise;
    const count = Math.min(document.numPages, MAX_PAGES);
    const pages: PageText[] = [];
    let left = MAX_CHARACTERS;
    for (let page = 1; page <= count && left > 0; page++) {
      const text = (await pageText(document, page)).slice(0, Math.min(left, MAX_PAGE_CHARACTERS));
      left -= text.length;
      if (text !== '') pages.push({ page, text });
    }
    return { pages, cut: left <= 0 || document.numPages > count };
  } catch (error) {
    throw new Unreadable((error as Error).name === 'PasswordException' ? 'encrypted' : 'malformed');
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

type PdfDocument = Awaited<ReturnType<Library['getDocument']>['promise']>;

/** A page that is damaged has no text; the others keep theirs. */
async function pageText(document: PdfDocument, number: number): Promise<string> {
  try {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items
      .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
      .join('')
      .normalize('NFC')
      .trim();
  } catch {
    return '';
  }
}
