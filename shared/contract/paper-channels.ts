import { z } from 'zod';
import { channel, COURT, SECRETARY, done, id, nothing, revision } from './channel.ts';
import {
  arrangementSchema,
  documentNoteShape,
  droppedBytesShape,
  paperFormSchema,
  paperKindShape,
  paperSummaryShape,
  paperWorkShape,
  scannerShape,
  takenPaperShape,
} from './paper-shapes.ts';
import { printOutcomeShape, printPaperShape, printerShape, waitingPaperShape } from './print-shapes.ts';

/** The id of what is printed; of a report that is asked for, its question. */
const paperId = z.string().min(1).max(200);

/** Papers that leave the printer, and filings that are handed in on paper. */
export const PAPER_CHANNELS = {
  // printing
  /**
   * Prints the paper: in the dialog of the system, or at once to the remembered printer (`silent`, or the setting). What no printer takes is saved
   * as PDF, and waits in `print.waiting`. Errors: those of the paper, `document-not-printable`, `document-unreadable`, `disk-full`, `file-not-saved`.
   */
  'print.paper': channel(COURT, z.strictObject({ paper: printPaperShape, id: paperId, silent: z.boolean() }), printOutcomeShape),
  'print.printers': channel('signed-in', nothing, z.array(printerShape)),
  /** What this person asked for and no printer took. */
  'print.waiting': channel(COURT, nothing, z.array(waitingPaperShape)),
  /** Takes one off that list: nobody needs it any more. */
  'print.drop': channel(COURT, z.strictObject({ paper: printPaperShape, id: paperId }), z.array(waitingPaperShape)),
  // taken on paper at the counter
  'paper.kinds': channel(SECRETARY, nothing, z.array(paperKindShape)),
  /** The unfinished work of the person who asks, the last changed first. */
  'paper.list': channel(SECRETARY, nothing, z.array(paperSummaryShape)),
  /** `filingId`: its documents are for that filing. Errors: `not-found`. */
  'paper.begin': channel(SECRETARY, z.strictObject({ filingId: id.optional() }), paperWorkShape),
  /** Says for which filing the documents are and who brought them, as it is typed; null makes a filing of its own of it. */
  'paper.direct': channel(
    SECRETARY,
    z.strictObject({ id, annexTo: z.strictObject({ filingId: id, handedInBy: z.string().max(400) }).nullable() }),
    paperWorkShape,
  ),
  /** Adds what was scanned or imported to the filing that the work is for. `keyId` as in `paper.take`. Errors: `input-invalid` without pages or a name. */
  'paper.annex': channel(
    SECRETARY,
    z.strictObject({ id, handedInBy: z.string().max(400), keyId: z.string().max(64).nullable() }),
    z.strictObject({ filingId: id, notes: z.array(documentNoteShape) }),
  ),
  'paper.get': channel(SECRETARY, z.strictObject({ id }), paperWorkShape),
  /** Keeps the form as it is typed. */
  'paper.keep': channel(SECRETARY, z.strictObject({ id, form: paperFormSchema }), done),
  'paper.drop': channel(SECRETARY, z.strictObject({ id }), done),
  /** Lets the person choose pictures and PDFs in the shell's dialog and adds their pages; what was added before one that cannot be read stays. */
  'paper.import': channel(SECRETARY, z.strictObject({ id }), paperWorkShape),
  /**
   * Takes the pages of one file that was dropped into the window: its bytes, never where it lay. Errors: `picture-unreadable` also for what is neither a
   * picture nor a PDF, `picture-too-large`, `disk-full`.
   */
  'paper.drop-in': channel(SECRETARY, z.strictObject({ id, fileName: z.string().max(500), bytes: droppedBytesShape }), paperWorkShape),
  /** Scanners of this machine and what each can do. Errors: `scanner-unsupported`, `scanner-slow` */
  'paper.scanners': channel(SECRETARY, nothing, z.array(scannerShape)),
  /** Scans into the work; pages come with `paper.changed` one by one and stay, also when it ends with a failure. Errors: those of a scanner */
  'paper.scan': channel(
    SECRETARY,
    z.strictObject({
      id,
      scannerId: z.string().max(200),
      dpi: z.number().int().min(75).max(1200),
      color: z.boolean(),
      feeder: z.boolean(),
    }),
    paperWorkShape,
  ),
  'paper.stop-scan': channel(SECRETARY, nothing, done),
  /** Puts the pages in another order, all of them at once; `revision` is the one that was seen. */
  'paper.arrange': channel(SECRETARY, z.strictObject({ id, revision, arrangement: arrangementSchema }), paperWorkShape),
  /** A small picture of a page as it is placed: JPEG in base64. */
  'paper.thumbnail': channel(
    SECRETARY,
    z.strictObject({
      id,
      pageId: id,
      turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
      straighten: z.boolean(),
    }),
    z.strictObject({ jpeg: z.string() }),
  ),
  /** Makes a filing of it; with faults nothing is taken. */
  'paper.take': channel(
    SECRETARY,
    /** `keyId`: of `keys.list`, by which the documents are signed as true copies; null leaves them without. */
    z.strictObject({ id, form: paperFormSchema, keyId: z.string().max(64).nullable() }),
    takenPaperShape,
  ),
} as const;
