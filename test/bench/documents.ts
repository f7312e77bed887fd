import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDocumentReader } from '../../main/documents/index.ts';
import { writeBulkyPdf } from '../support/documents/write-text-pdf.ts';
import { less, median, type Measure } from './measure.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../main/documents/worker/process.ts');
const PAGES = 300;
const PICTURE_BYTES = 66_000;

/** The text of a PDF as large as the cabinet takes, in the thread with its limits, against a program that does nothing else. */
export async function benchDocuments(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  const reader = createDocumentReader(ENTRY);
  try {
    const pdf = await writeBulkyPdf(PAGES, () => randomBytes(PICTURE_BYTES));
    const file = path.join(folder, 'annex.pdf');
    writeFileSync(file, pdf);
    await reader.text('text', Uint8Array.from(Buffer.from('warm')));
    const ours = await median(3, async () => {
      const read = await reader.text('pdf', Uint8Array.from(pdf));
      if (!read.ok || read.value.pages.length !== PAGES) throw new Error('not read');
    });
    const peer = await median(3, () => execFileSync('pdftotext', [file, '-'], { maxBuffer: 64 * 1024 * 1024 }));
    const size = Math.round(pdf.length / 1024 / 1024);
    return [less(`text of ${PAGES} pages, ${size} MiB`, 'ms', ours, 'pdftotext', peer)];
  } finally {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
