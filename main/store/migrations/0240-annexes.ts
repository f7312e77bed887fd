/**
 * Papers that were handed in to a filing after it was sent: when, by whom, and which of its documents they are. `command` is the entry of the outbox
 * that says so, until the registry has told it. A work of pages may be meant for a filing that is here already.
 */
export const annexes = {
  version: 240,
  sql: `
CREATE TABLE filing_annex (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL REFERENCES filing (id), received_at TEXT NOT NULL, taken_by TEXT NOT NULL, handed_in_by TEXT NOT NULL,
  command TEXT
) STRICT;
CREATE INDEX filing_annex_by_filing ON filing_annex (filing_id);
ALTER TABLE document ADD COLUMN annex_id TEXT REFERENCES filing_annex (id);
ALTER TABLE paper_work ADD COLUMN filing_id TEXT REFERENCES filing (id);
ALTER TABLE paper_work ADD COLUMN handed_in_by TEXT NOT NULL DEFAULT '';
`,
} as const;
