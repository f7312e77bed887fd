/**
 * What the office says about a filing: notes to colleagues, and corrections of what the filer has said, whose message stays as it came. `command` is
 * the entry of the outbox that says so, until the registry has told it to the desks; a correction is the whole of what can be corrected, as it is after it.
 */
export const officeWords = {
  version: 181,
  sql: `
CREATE TABLE filing_note (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL, text TEXT NOT NULL, by_user TEXT NOT NULL, made_at TEXT NOT NULL, withdrawn_at TEXT, command TEXT
) STRICT;
CREATE INDEX filing_note_by_filing ON filing_note (filing_id, withdrawn_at);
CREATE TABLE filing_correction (
  filing_id TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0), id TEXT NOT NULL UNIQUE, content TEXT NOT NULL CHECK (json_valid(content)),
  reason TEXT NOT NULL, by_user TEXT NOT NULL, made_at TEXT NOT NULL, command TEXT, PRIMARY KEY (filing_id, number)
) STRICT;
`,
} as const;
