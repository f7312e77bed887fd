/**
 * Filings that were handed in on paper: they are sent nowhere, have no number of the cabinet until the registry gives one, and come out of a
 * work of pages and a form that is kept as it is typed.
 */
export const paper = {
  version: 200,
  sql: `
ALTER TABLE filing ALTER COLUMN cabinet_number DROP NOT NULL;
ALTER TABLE filing ALTER COLUMN sent_at DROP NOT NULL;
ALTER TABLE filing ADD COLUMN taken_by TEXT;

/* The filing that comes out of it has the same id. */
CREATE TABLE paper_work (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, form TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(form)),
  begun_at TEXT NOT NULL, changed_at TEXT NOT NULL, taken_at TEXT
) STRICT;
CREATE INDEX paper_work_open ON paper_work (owner, changed_at) WHERE taken_at IS NULL;
`,
} as const;
