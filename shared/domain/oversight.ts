/** Files that a report goes out as. */
export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
/** Rows of a report that the window shows; the files have all. */
export const REPORT_ROWS_SHOWN = 2000;
/** Entries of the journal that are read at once. */
export const JOURNAL_PAGE = 200;
