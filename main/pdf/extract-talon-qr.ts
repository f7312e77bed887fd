import { PdfSyntaxError } from './pdf-value.ts';
import { textOf } from './pdf-signatures.ts';
import { readPdf } from './read-pdf.ts';

/** Where a talon carries its QR text: an entry of the information dictionary, inside the signed bytes. */
export const TALON_QR_KEY = 'KenseTalon';

/** The QR text a talon carries; null when the file is no readable PDF or carries none. */
export function extractTalonQr(pdf: Uint8Array): string | null {
  try {
    const file = readPdf(pdf);
    return textOf(file.resolve(file.dict(file.trailer.get('Info'))?.get(TALON_QR_KEY)));
  } catch (error) {
    if (error instanceof PdfSyntaxError) return null;
    throw error;
  }
}
