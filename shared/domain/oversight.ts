/** Files that a report goes out as. */
export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
/** Rows of a report that the window shows; the files have all. */
export const REPORT_ROWS_SHOWN = 2000;
/** Entries of the journal that are read at once. */
export const JOURNAL_PAGE = 200;
/** What a report is printed by: all that it is asked for by. */
export const reportPaperId = (asked: {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly language: 'kk' | 'ru';
  readonly by?: string | undefined;
}) => [asked.id, asked.from, asked.until, asked.language, asked.by ?? ''].join('/');

/** Filings that an unusual pattern names beside its sentence. */
export const FILINGS_OF_PATTERN = 200;
/** How a journal can fail to be the one that was written: its chain does not hold, or it is not the one that was known. */
export const JOURNAL_FAULTS = [
  'start-missing',
  'entries-missing',
  'entry-changed',
  'not-following',
  'wiping-unproven',
  'end-missing',
  'other-journal',
] as const;
