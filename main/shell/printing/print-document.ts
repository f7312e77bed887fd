import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Printer, PrintOutcome, PrintProblem } from '../../../shared/contract/index.ts';
import type { PrintJob } from '../../core/process-messages.ts';
import type { BrowserWindow } from 'electron';
import type { BlobStore } from '../../store/index.ts';
import { drawForPrint } from './draw-for-print.ts';
import type { PrintHost } from './print-host.ts';
import { saveUnprinted } from './save-unprinted.ts';

/** What Chromium says when the person closed the dialog without printing. */
const CANCELLED = /cancel/i;

export async function listPrinters(window: BrowserWindow): Promise<Printer[]> {
  const printers = await window.webContents.getPrintersAsync();
  return printers.map(({ name, displayName }) => ({ name, title: displayName || name }));
}

type Parts = {
  readonly parent: BrowserWindow;
  readonly host: PrintHost;
  readonly blobs: Pick<BlobStore, 'read' | 'has'>;
  /** Where what no printer takes is saved. */
  readonly folder: string;
};

/**
 * Prints a paper from a hidden window that draws its pages as pictures: nothing in the document runs, and nothing is loaded but its bytes. A paper
 * that no printer takes is saved as it is. Errors: `document-missing`, `document-unreadable`, `disk-full`, `file-not-saved`.
 */
export async function printDocument({ parent, host, blobs, folder }: Parts, job: PrintJob): Promise<Result<PrintOutcome>> {
  if (!blobs.has(job.sha256)) return fail('document-missing');
  const save = async (problem: PrintProblem): Promise<Result<PrintOutcome>> => {
    const saved = await saveUnprinted(folder, blobs, job);
    return saved.ok ? ok({ printed: false, printer: job.silent ? job.printer : null, savedAs: saved.value, problem }) : saved;
  };
  const printers = await listPrinters(parent);
  if (printers.length === 0) return save('no-printer');
  const printer = job.silent ? job.printer : null;
  if (printer !== null && !printers.some(({ name }) => name === printer)) return save('printer-gone');

  const drawn = await drawForPrint(parent, host, job);
  if (!drawn.ok) return drawn;
  const window = drawn.value;
  try {
    const refused = await new Promise<string | null>((resolve) => {
      const paper = { margins: { marginType: 'none' as const }, pageSize: 'A4' as const, printBackground: true };
      const chosen = printer === null ? { silent: false } : { silent: true, deviceName: printer };
      window.webContents.print({ ...paper, ...chosen }, (success, reason) => resolve(success ? null : reason));
    });
    if (refused === null) return ok({ printed: true, printer, savedAs: null, problem: null });
    if (CANCELLED.test(refused)) return ok({ printed: false, printer: null, savedAs: null, problem: null });
    return await save('printer-failed');
  } finally {
    window.destroy();
  }
}
