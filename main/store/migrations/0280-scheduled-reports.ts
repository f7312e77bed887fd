/**
 * Reports that the program makes by itself each month: which, in which language and from which month on the head of office has chosen, and what was
 * made. A month has each report once; a report that is too long for pages has no PDF. Months as `2026-11`.
 */
export const scheduledReports = {
  version: 280,
  sql: `
CREATE TABLE report_schedule (
  report TEXT PRIMARY KEY, language TEXT NOT NULL CHECK (language IN ('kk','ru')), from_month TEXT NOT NULL, chosen_by TEXT NOT NULL, chosen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE made_report (
  id TEXT PRIMARY KEY, month TEXT NOT NULL, report TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL CHECK (language IN ('kk','ru')),
  made_at TEXT NOT NULL, rows INTEGER NOT NULL, pdf_sha256 TEXT, pdf_size INTEGER, xlsx_sha256 TEXT NOT NULL, xlsx_size INTEGER NOT NULL, seen_at TEXT,
  UNIQUE (month, report)
) STRICT;
`,
} as const;
