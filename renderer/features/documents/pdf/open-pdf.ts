import type * as Pdfjs from 'pdfjs-dist';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

type Library = typeof Pdfjs;

/** The worker and the data files lie beside the window under fixed names (see vite/pdf-assets.ts). */
const assetUrl = (path: string): string => new URL(`pdfjs/${path}`, document.baseURI).href;

let library: Promise<Library> | null = null;
function loadLibrary(): Promise<Library> {
  library ??= import('pdfjs-dist/legacy/build/pdf.mjs').then((pdfjs: Library) => {
    pdfjs.GlobalWorkerOptions.workerSrc = assetUrl('pdf.worker.min.mjs');
    return pdfjs;
  });
  return library;
}

/** Points (1/72 inch) of an upright page. */
export type PageSize = { readonly width: number; readonly height: number };

export type OpenPdf = {
  readonly library: Library;
  /** Of each page; the pages past the first `SIZES_AHEAD` are taken to be like the first until they are drawn. */
  readonly sizes: readonly PageSize[];
  readonly page: (number: number) => Promise<PDFPageProxy>;
  readonly close: () => void;
};
export type PdfProblem = 'encrypted' | 'damaged';

const SIZES_AHEAD = 40;
const A4: PageSize = { width: 595, height: 842 };

async function readSizes(pdf: PDFDocumentProxy): Promise<PageSize[]> {
  const sizes: PageSize[] = [];
  for (let n = 1; n <= Math.min(pdf.numPages, SIZES_AHEAD); n++) {
    const { width, height } = (await pdf.getPage(n)).getViewport({ scale: 1 });
    sizes.push({ width, height });
  }
  const like = sizes[0] ?? A4;
  while (sizes.length < pdf.numPages) sizes.push(like);
  return sizes;
}

/** Opens a PDF without running anything in it: no scripts, no forms (XFA), no evaluated font programs, no links. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf | PdfProblem> {
  const pdfjs = await loadLibrary();
  const task = pdfjs.getDocument({
    /* The library takes the buffer away from its owner. */
    data: bytes.slice(),
    isEvalSupported: false,
    enableXfa: false,
    disableAutoFetch: true,
    useSystemFonts: false,
    cMapUrl: assetUrl('cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: assetUrl('standard_fonts/'),
    iccUrl: assetUrl('iccs/'),
    wasmUrl: assetUrl('wasm/'),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const pdf = await task.promise;
    return { library: pdfjs, sizes: await readSizes(pdf), page: (n) => pdf.getPage(n), close: () => void task.destroy() };
  } catch (error) {
    void task.destroy();
    return error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'damaged';
  }
}
