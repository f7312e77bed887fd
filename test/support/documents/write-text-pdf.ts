import path from 'node:path';
import PDFDocument from 'pdfkit';

const FONT = path.resolve('resources/fonts/Tinos-Regular.ttf');

/** A PDF of pages with these texts, in a font that has the Kazakh letters. */
export async function writeTextPdf(pages: readonly string[]): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false, font: FONT });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((settle) => document.on('end', settle));
  for (const text of pages) document.addPage().fontSize(12).text(text);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
