/** Papers that could not be printed and are still to be, by whoever asked for them. */
export const printWaiting = {
  version: 210,
  sql: `
CREATE TABLE print_waiting (
  paper TEXT NOT NULL,
  paper_id TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  file_name TEXT NOT NULL,
  problem TEXT NOT NULL CHECK (problem IN ('no-printer','printer-gone','printer-failed')),
  PRIMARY KEY (asked_by, paper, paper_id)
) STRICT, WITHOUT ROWID;
`,
} as const;
