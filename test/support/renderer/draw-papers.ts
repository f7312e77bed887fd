import { deflateSync, crc32 } from 'node:zlib';
import path from 'node:path';
import PDFDocument from 'pdfkit';

const PARAGRAPH =
  'Қазақстан Республикасы Азаматтық процестік кодексінің 148-бабына сәйкес жауапкерден негізгі борышты, тұрақсыздық айыбын және мемлекеттік бажды өндіріп алуды сұраймын. Прошу взыскать с ответчика основной долг, неустойку и государственную пошлину.';

function paper(fonts: string, heading: string, pages: number): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4', margin: 70, info: { Title: heading } });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<Buffer>((resolve) => doc.on('end', () => resolve(Buffer.concat(parts))));
  doc.registerFont('regular', path.join(fonts, 'Tinos-Regular.ttf')).registerFont('bold', path.join(fonts, 'Tinos-Bold.ttf'));
  for (let page = 1; page <= pages; page++) {
    if (page > 1) doc.addPage();
    doc.font('regular').fontSize(12).text('Оқу қаласының аудандық сотына', { align: 'right' }).moveDown(2);
    doc.font('bold').fontSize(14).text(`${heading}, ${page}-бет`, { align: 'center' }).moveDown();
    for (let i = 0; i < 9; i++) doc.font('regular').fontSize(12).text(PARAGRAPH, { align: 'justify', indent: 30 }).moveDown(0.6);
  }
  doc.end();
  return done;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey gradient: any picture will do. */
function picture(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.fill(90 + Math.floor((y / height) * 150), y * (width + 1) + 1, (y + 1) * (width + 1));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** The papers of the made-up office, by file name. */
export async function drawPapers(fonts: string): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map<string, Uint8Array>([
    ['claim.pdf', await paper(fonts, 'ТАЛАП ҚОЮ АРЫЗЫ', 7)],
    ['duty_payment.pdf', await paper(fonts, 'ТӨЛЕМ ҚҰЖАТЫ', 1)],
    ['e_poa.pdf', await paper(fonts, 'СЕНІМХАТ', 2)],
    ['evidence.pdf', await paper(fonts, 'ДӘЛЕЛДЕМЕ', 3)],
    ['talon.pdf', await paper(fonts, 'ТІРКЕУ ТАЛОНЫ', 1)],
    ['act.pdf', await paper(fonts, 'ҰЙҒАРЫМ', 2)],
    ['image.png', picture(900, 1200)],
  ]);
}
