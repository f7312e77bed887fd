import { PdfSyntaxError } from './pdf-value.ts';
import { textOf } from './pdf-signatures.ts';
import { readPdf } from './read-pdf.ts';

/** Where a talon and a verification sheet carry their QR text: entries of the information dictionary. */
export const TALON_QR_KEY = 'KenseTalon';
export const ACT_QR_KEY = 'KenseAct';

/** The QR text a talon carries, inside its signed bytes; null when the file is no readable PDF or carries none. */
export const extractTalonQr = (pdf: Uint8Array): string | null => extract(pdf, TALON_QR_KEY);
/** The same of a verification sheet, which is not signed. */
export const extractActQr = (pdf: Uint8Array): string | null => extract(pdf, ACT_QR_KEY);

function extract(pdf: Uint8Array, key: string): string | null {
  try {
    const file = readPdf(pdf);
    return textOf(file.resolve(file.dict(file.trailer.get('Info'))?.get(key)));
  } catch (error) {
    if (error instanceof PdfSyntaxError) return null;
    throw error;
  }
}
