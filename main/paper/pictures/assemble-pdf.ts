import { degrees, PDFDocument } from 'pdf-lib';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { AssemblyPart, SurveyedFile } from './picture-messages.ts';

/** A4 in points. */
const A4 = { short: 595.28, long: 841.89 };
const MOST_PAGES = 2000;

/** A file that is encrypted, damaged or no PDF cannot be taken apart. Errors: `picture-unreadable`, `picture-too-large`. */
export async function surveyPdf(bytes: Uint8Array): Promise<Result<SurveyedFile>> {
  const document = await load(bytes);
  if (!document) return fail('picture-unreadable');
  if (document.getPageCount() > MOST_PAGES) return fail('picture-too-large');
  // the space of a PDF page is in points already
  const pages = document.getPages().map((page) => ({ width: Math.round(page.getWidth()), height: Math.round(page.getHeight()), dpi: 72 }));
  return ok({ kind: 'pdf', pages });
}

/** Joins pages to a PDF: pictures on sheets of A4 that lie as they do, pages of other PDFs as they are. */
export async function assemblePdf(title: string, language: 'kk' | 'ru', parts: readonly AssemblyPart[]): Promise<Result<Uint8Array>> {
  const joined = await PDFDocument.create();
  joined.setTitle(title, { showInWindowTitleBar: true });
  joined.setLanguage(language);
  joined.setProducer('Kense');
  joined.setCreator('Kense');
  // the same pages make the same file
  joined.setCreationDate(new Date(0));
  joined.setModificationDate(new Date(0));
  const opened = new Map<Uint8Array, PDFDocument>();
  for (const part of parts) {
    if (part.kind === 'jpeg') {
      // a copy begins at the start of its own buffer, where pdf-lib reads
      const image = await joined.embedJpg(new Uint8Array(part.bytes));
      const lying = part.width > part.height;
      const sheet = { width: lying ? A4.long : A4.short, height: lying ? A4.short : A4.long };
      const inPoints = 72 / part.dpi;
      const scale = Math.min(inPoints, sheet.width / part.width, sheet.height / part.height);
      const [width, height] = [part.width * scale, part.height * scale];
      const page = joined.addPage([sheet.width, sheet.height]);
      page.drawImage(image, { x: (sheet.width - width) / 2, y: (sheet.height - height) / 2, width, height });
      continue;
    }
    const source = opened.get(part.bytes) ?? (await load(part.bytes));
    if (!source || part.page >= source.getPageCount()) return fail('picture-unreadable');
    opened.set(part.bytes, source);
    const [copied] = await joined.copyPages(source, [part.page]);
    if (!copied) return fail('picture-unreadable');
    copied.setRotation(degrees((copied.getRotation().angle + part.turn) % 360));
    joined.addPage(copied);
  }
  return ok(await joined.save());
}

async function load(bytes: Uint8Array): Promise<PDFDocument | null> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false });
  } catch {
    return null;
  }
}
