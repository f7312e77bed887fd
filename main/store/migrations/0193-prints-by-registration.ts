/**
 * A print belongs to a registration, not to the talon that is here now: where the registration gives way its talon goes, and what was handed out on
 * paper stays on record under the number that it bore.
 */
export const printsByRegistration = {
  version: 193,
  sql: `
CREATE TABLE talon_print_kept (
  filing_id TEXT NOT NULL REFERENCES filing (id), incoming_number TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, at TEXT NOT NULL, by_user TEXT NOT NULL,
  PRIMARY KEY (filing_id, incoming_number, number)
) STRICT;
INSERT INTO talon_print_kept SELECT p.filing_id, json_extract(t.content, '$.incomingNumber'), p.number, p.sha256, p.size, p.at, p.by_user
  FROM talon_print p JOIN talon t ON t.filing_id = p.filing_id;
DROP TABLE talon_print;
ALTER TABLE talon_print_kept RENAME TO talon_print;
`,
} as const;
