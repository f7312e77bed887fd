import type { Printer, PrintOutcome } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';

export type ChosenDocument = { readonly sha256: string; readonly size: number; readonly title: string; readonly fileName: string };

export type PrintJob = {
  readonly sha256: string;
  readonly size: number;
  readonly contentType: string;
  /** Of the PDF that is saved when no printer takes it, and of the job in the queue of the system. */
  readonly fileName: string;
  /** The remembered one. */
  readonly printer: string | null;
  /** To the remembered printer at once; the dialog of the system all the same while none is remembered. */
  readonly silent: boolean;
};

/** What the core asks of the shell. Without a window a stand-in answers that there is none. */
export interface ShellServices {
  /** Makes a stored document readable for the window under a one-window address of our own scheme. */
  publishDocument(document: { sha256: string; contentType: string; size: number }): Promise<string>;
  /** Shows the dialog that opens files and keeps their bytes among the documents; none when the person cancelled. */
  chooseDocuments(): Promise<Result<ChosenDocument[]>>;
  /** Shows the dialog that opens a file and reads nothing; its full path, null when the person cancelled. */
  chooseModule(): Promise<Result<string | null>>;
  /** Shows the save dialog; null when the person cancelled. */
  choosePlace(fileName: string): Promise<Result<string | null>>;
  /** Writes the decrypted bytes to a place that was chosen. Errors: `document-missing`, `disk-full`, `file-not-saved`. */
  saveDocument(document: { sha256: string; place: string }): Promise<Result<null>>;
  /** Printers as the system knows them. */
  listPrinters(): Promise<Printer[]>;
  /** Errors: `document-missing`, `document-unreadable`, `disk-full`, `file-not-saved`. */
  printDocument(job: PrintJob): Promise<Result<PrintOutcome>>;
  /** Ends the program, takes the data of this training desk and of its own registry away and begins anew. Error: `training-shared`. */
  resetTraining(): Promise<Result<null>>;
}
