import fs from 'node:fs';

/** Larger files are none of our papers. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A path that is there, or looks like one, is a file; everything else is the text of a QR. Null for a file that cannot be read. */
export function readPaperToCheck(file: string, what: string): { pdf: Uint8Array } | { text: string } | null {
  const exists = fs.existsSync(file);
  if (!exists && !/\.pdf$/i.test(what)) return { text: what };
  try {
    return fs.statSync(file).size > MAX_BYTES ? null : { pdf: new Uint8Array(fs.readFileSync(file)) };
  } catch {
    return null;
  }
}
