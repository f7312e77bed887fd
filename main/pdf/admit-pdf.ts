import { fail, ok, type Result } from '../../shared/result.ts';
import { countPages } from './count-pages.ts';
import { listSignatures } from './pdf-signatures.ts';
import { PdfEncryptedError, PdfSyntaxError, type PdfValue } from './pdf-value.ts';
import { readPdf, type PdfFile } from './read-pdf.ts';

/** Entries that run, carry or play something, whatever they hold. */
const ACTIVE_KEYS = new Set(['JS', 'JavaScript', 'AA', 'XFA', 'EmbeddedFiles', 'EF', 'RichMediaContent', 'RichMediaSettings']);
/** Actions that leave the document or run something; going to a page and opening an address on a click do not. */
const ACTIVE_ACTIONS = new Set(['JavaScript', 'Launch', 'ImportData', 'SubmitForm', 'GoToE', 'GoToR', 'Rendition', 'Movie', 'Sound']);
const MAX_OBJECTS = 200_000;

/**
 * Whether a foreign PDF may become an act of the court: what a judge reads in it must be all that it does, for ever and on every screen.
 * @returns its number of pages, or `document-unreadable`, `pdf-encrypted`, `pdf-active` with what was found, `pdf-signed` (an act of somebody else).
 */
export async function admitPdf(bytes: Uint8Array): Promise<Result<{ pages: number }>> {
  try {
    const file = readPdf(bytes);
    const found = activeContent(file);
    if (found !== null) return fail('pdf-active', { found });
    if (listSignatures(file).length > 0) return fail('pdf-signed');
  } catch (error) {
    if (error instanceof PdfEncryptedError) return fail('pdf-encrypted');
    if (error instanceof PdfSyntaxError) return fail('document-unreadable', { reason: error.message });
    throw error;
  }
  const pages = await countPages(bytes);
  return pages === null ? fail('document-unreadable', { reason: 'pages' }) : ok({ pages });
}

/** The name of the first active thing that can be reached from the catalog; null when there is none. */
function activeContent(file: PdfFile): string | null {
  const waiting: PdfValue[] = [{ kind: 'dict', entries: file.trailer }];
  const seen = new Set<number>();
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value.kind === 'ref') {
      if (seen.has(value.number)) continue;
      seen.add(value.number);
      if (seen.size > MAX_OBJECTS) throw new PdfSyntaxError('the file has too many objects');
      waiting.push(file.load(value));
    } else if (value.kind === 'array') for (const item of value.items) waiting.push(item);
    else if (value.kind === 'dict') {
      const action = file.resolve(value.entries.get('S'));
      if (action?.kind === 'name' && ACTIVE_ACTIONS.has(action.name)) return action.name;
      for (const [key, entry] of value.entries) {
        if (ACTIVE_KEYS.has(key)) return key;
        waiting.push(entry);
      }
    }
  }
  return null;
}
