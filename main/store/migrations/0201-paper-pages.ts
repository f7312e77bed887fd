/** Pages of a filing on paper: the file each comes from, as it came, what was seen of it, and how they are put in order. */
export const paperPages = {
  version: 201,
  sql: `
ALTER TABLE paper_work ADD COLUMN arrangement TEXT NOT NULL DEFAULT '{"documents":[],"dropped":[]}' CHECK (json_valid(arrangement));
ALTER TABLE paper_work ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
CREATE TABLE paper_page (
  id TEXT PRIMARY KEY, work_id TEXT NOT NULL REFERENCES paper_work (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, source TEXT NOT NULL CHECK (source IN ('picture','pdf')), page INTEGER NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, dpi REAL NOT NULL, skew REAL NOT NULL, warnings TEXT NOT NULL CHECK (json_valid(warnings))
) STRICT;
CREATE INDEX paper_page_work ON paper_page (work_id);
`,
} as const;
