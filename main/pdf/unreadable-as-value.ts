import { fail, ok, type Result } from '../../shared/result.ts';
import { PdfSyntaxError } from './pdf-value.ts';

/** What is wrong with a file is a value, `document-unreadable` with its reason; everything else stays an exception. */
export function unreadableAsValue<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof PdfSyntaxError) return fail('document-unreadable', { reason: error.message });
    throw error;
  }
}
