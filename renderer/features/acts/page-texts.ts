import { openPdf } from '../documents/pdf/open-pdf.ts';
import { wordsOf } from './text-difference.ts';

/** The words of each page, as the PDF has them; null when it cannot be read. */
export async function readPageWords(bytes: Uint8Array): Promise<string[][] | null> {
  const pdf = await openPdf(bytes);
  if (typeof pdf === 'string') return null;
  try {
    const pages: string[][] = [];
    for (let number = 1; number <= pdf.sizes.length; number++) {
      const { items } = await (await pdf.page(number)).getTextContent();
      const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
      pages.push(wordsOf(text));
    }
    return pages;
  } catch {
    return null;
  } finally {
    pdf.close();
  }
}
