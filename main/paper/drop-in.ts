import path from 'node:path';
import { fail, type Result } from '../../shared/result.ts';
import { contentTypeOf, SNIFF_BYTES } from '../intake/index.ts';
import { importFile } from './import-file.ts';
import type { PaperParts } from './paper-parts.ts';

/**
 * Takes the pages of a file whose bytes were handed over, into a work. What is neither a picture nor a PDF is not kept. Errors: those of importFile,
 * `disk-full`.
 */
export async function dropIn(
  parts: PaperParts,
  workId: string,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
): Promise<Result<null>> {
  const type = contentTypeOf(bytes.subarray(0, SNIFF_BYTES), bytes.length);
  if (type !== 'pdf' && type !== 'image') return fail('picture-unreadable');
  const kept = await parts.blobs.putBytes(bytes);
  if (!kept.ok) return kept;
  const name = path.basename(fileName);
  return importFile(parts, workId, { ...kept.value, title: path.parse(name).name || name });
}
