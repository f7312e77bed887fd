/** Papers on their way to a printer, as the window asks for them and is told of them. */
import { z } from 'zod';

/**
 * Which paper, with what its id is of: `talon` a filing; `act` an act of the judge who asks; `original`, `check` and `protocol` a signed act,
 * `letter` a recipient of it; `summons` a summons; `document` a document of a filing; `report` what `reportPaperId` says; `made-report` a report
 * that the program made by itself.
 */
export const PRINT_PAPERS = [
  'talon',
  'act',
  'original',
  'check',
  'protocol',
  'letter',
  'summons',
  'document',
  'report',
  'made-report',
] as const;
export const printPaperShape = z.enum(PRINT_PAPERS);
export type PrintPaper = z.infer<typeof printPaperShape>;

/** Why a paper is a file now and not a sheet: no printer at all, the remembered one is not there, or it did not take the paper. */
export const PRINT_PROBLEMS = ['no-printer', 'printer-gone', 'printer-failed'] as const;
export type PrintProblem = (typeof PRINT_PROBLEMS)[number];

export const printOutcomeShape = z.strictObject({
  /** The system has taken it for a printer; false also when the person cancelled the dialog. */
  printed: z.boolean(),
  /** The remembered printer, when it was used; null where the person chose in the dialog. */
  printer: z.string().nullable(),
  /** Name of the PDF that was saved among the person's documents instead. */
  savedAs: z.string().nullable(),
  problem: z.enum(PRINT_PROBLEMS).nullable(),
});
export type PrintOutcome = z.infer<typeof printOutcomeShape>;

export const printerShape = z.strictObject({ name: z.string(), title: z.string() });
export type Printer = z.infer<typeof printerShape>;

/** A paper that could not be printed and is still to be. */
export const waitingPaperShape = z.strictObject({
  paper: printPaperShape,
  id: z.string(),
  fileName: z.string(),
  askedAt: z.string(),
  problem: z.enum(PRINT_PROBLEMS),
});
export type WaitingPaper = z.infer<typeof waitingPaperShape>;
