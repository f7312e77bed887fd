import { randomUUID } from 'node:crypto';
import { addValidationData, signPdfByMessage, timestampPdf } from '../../../main/pdf/index.ts';
import { IncrementalUpdate } from '../../../main/pdf/incremental-update.ts';
import { writeDict, type PdfDict, type PdfRef, type PdfValue } from '../../../main/pdf/pdf-value.ts';
import { readPdf, type PdfFile } from '../../../main/pdf/read-pdf.ts';
import { must } from '../desk/training-office.ts';
import { writeTextPdf } from './write-text-pdf.ts';

const AT = '2026-11-22T09:00:00.000Z';

/** A PDF with a signature's place filled, by bytes that nobody verifies; each is another file. */
export async function sealedPdf(text: string): Promise<Buffer> {
  const description = { signedAt: AT, name: randomUUID(), reason: null, location: null };
  const pdf = await writeTextPdf([text]);
  return Buffer.from(must(await signPdfByMessage({ ...description, pdf, sign: () => Promise.resolve(Buffer.from('3003020101', 'hex')) })));
}

export const withTimestamp = async (pdf: Uint8Array): Promise<Buffer> =>
  Buffer.from(must(await timestampPdf({ pdf, at: AT, token: () => Promise.resolve(Buffer.from('3003020102', 'hex')) })));

export const withProofs = (pdf: Uint8Array, piece = randomUUID()): Buffer =>
  Buffer.from(must(addValidationData({ pdf, material: { certs: [Buffer.from(piece)], crls: [], ocsp: [] }, at: AT })));

export type Rewriting = {
  readonly file: PdfFile;
  readonly update: IncrementalUpdate;
  readonly catalog: PdfDict;
  readonly page: PdfDict;
  readonly pageRef: PdfRef;
  /** Writes an object of the file anew with other entries. */
  readonly rewrite: (ref: PdfRef, entries: Readonly<Record<string, PdfValue>>) => void;
};

/** The file with an update of another kind after it. */
export function withUpdate(pdf: Uint8Array, work: (rewriting: Rewriting) => void): Buffer {
  const file = readPdf(pdf);
  const update = new IncrementalUpdate(file);
  const catalog = file.dict(file.trailer.get('Root'))!;
  const pageRef = file.array(file.dict(catalog.get('Pages'))!.get('Kids'))![0] as PdfRef;
  const rewrite = (ref: PdfRef, entries: Readonly<Record<string, PdfValue>>): void =>
    update.replace(ref, writeDict(new Map([...file.dict(ref)!, ...Object.entries(entries)])));
  work({ file, update, catalog, page: file.dict(pageRef)!, pageRef, rewrite });
  return Buffer.from(update.write(AT));
}

export const textStream = (text: string): string => {
  const drawn = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
  return `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`;
};
