import path from 'node:path';
import PDFDocument from 'pdfkit';

const FONT = path.resolve('resources/fonts/Tinos-Regular.ttf');

/** A PDF of pages with these texts, in a font that has the Kazakh letters. */
export function writeTextPdf(pages: readonly string[]): Promise<Buffer> {
  return draw((document) => {
    for (const text of pages) document.addPage().fontSize(12).text(text);
  });
}

/** A PDF of many pages full of text, each with bytes that do not pack, as scans are. */
export function writeBulkyPdf(count: number, bulk: () => Uint8Array): Promise<Buffer> {
  const line = 'Талап қоюшы жауапкерден негізгі борыш пен айыппұлды өндіріп алуды сұрайды. ';
  return draw((document) => {
    for (let page = 1; page <= count; page++) {
      document
        .addPage()
        .fontSize(11)
        .text(`${page}. ${line.repeat(35)}`);
      const stream = document.ref({ Type: 'Metadata', Subtype: 'XML' });
      stream.end(Buffer.from(bulk()));
    }
  });
}

async function draw(work: (document: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false, font: FONT });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((settle) => document.on('end', settle));
  work(document);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
