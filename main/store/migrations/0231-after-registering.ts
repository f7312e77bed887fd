/**
 * What the office says of a filing that is registered. `fact_correction`: what holds instead of a fact, which itself stays as it was registered; `told`
 * is its place among those that the registry has told, null until then. `proposal_recall`: a proposal that was taken back before a ruling was signed,
 * with what had been proposed, where this desk had it. `command` is the entry of the outbox that says so, until the registry has told it to the desks.
 */
export const afterRegistering = {
  version: 231,
  sql: `
CREATE TABLE fact_correction (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL, fact TEXT NOT NULL, party INTEGER, before_value TEXT, after_value TEXT, reason TEXT NOT NULL,
  by_user TEXT NOT NULL, made_at TEXT NOT NULL, told INTEGER, command TEXT
) STRICT;
CREATE INDEX fact_correction_by_filing ON fact_correction (filing_id, told);
CREATE TABLE proposal_recall (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL, proposed TEXT CHECK (proposed IS NULL OR json_valid(proposed)), reason TEXT NOT NULL,
  by_user TEXT NOT NULL, recalled_at TEXT NOT NULL, command TEXT
) STRICT;
CREATE INDEX proposal_recall_by_filing ON proposal_recall (filing_id, recalled_at);
`,
} as const;
