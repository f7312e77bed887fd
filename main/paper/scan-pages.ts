import { fail, ok, type Result } from '../../shared/result.ts';
import { importFile } from './import-file.ts';
import type { PaperParts } from './paper-parts.ts';
import type { ScanWish } from './scanner/scanners.ts';
import { readPaperPages } from './paper-pages.ts';

/**
 * Scans into a work: each page is kept as soon as the scanner has it, so that a jam or a kill loses one at most; scanning again goes on
 * behind the last one. Answers how many came. Errors: those of a scan, with `page` counted over the whole work, and those of importFile,
 * `paper-scanning` when pages are coming already.
 */
export async function scanPages(parts: PaperParts, workId: string, wish: ScanWish, onPage: () => void): Promise<Result<number>> {
  if (parts.scanned.has(workId)) return fail('paper-scanning');
  parts.scanned.add(workId);
  try {
    return await scanInto(parts, workId, wish, onPage);
  } finally {
    parts.scanned.delete(workId);
  }
}

async function scanInto(parts: PaperParts, workId: string, wish: ScanWish, onPage: () => void): Promise<Result<number>> {
  const before = readPaperPages(parts.store.read, workId).pages.length;
  const scanned = await parts.scanners.scan(wish, async (png) => {
    const kept = await parts.blobs.putBytes(png);
    if (!kept.ok) return kept;
    const imported = await importFile(parts, workId, { ...kept.value, title: '' });
    if (imported.ok) onPage();
    return imported;
  });
  if (scanned.ok) return ok(scanned.value);
  const { code, params } = scanned.error;
  return params?.['page'] === undefined ? scanned : fail(code, { ...params, page: before + Number(params['page']) });
}
