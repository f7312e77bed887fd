/**
 * What a finding is about and who answers for going on in spite of it; by what filings are compared with each other; which filings somebody has
 * linked; what the bytes of a document carry; by which edition of the calendar a term was counted.
 */
export const findings = {
  version: 160,
  sql: `
ALTER TABLE anomaly ADD COLUMN field TEXT;
ALTER TABLE anomaly ADD COLUMN related_id TEXT;
/* finding: rule and what it is about, so that it holds when the filing is checked again */
CREATE TABLE finding_override (
  filing_id TEXT NOT NULL REFERENCES filing (id), finding TEXT NOT NULL, rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error','fatal')), document_id TEXT,
  by_user TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  PRIMARY KEY (filing_id, finding)
) STRICT;
CREATE INDEX finding_override_by_time ON finding_override (at);
CREATE TABLE filing_trace (
  filing_id TEXT NOT NULL REFERENCES filing (id), kind TEXT NOT NULL CHECK (kind IN ('receipt','parties','opponent')), value TEXT NOT NULL,
  PRIMARY KEY (kind, value, filing_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE text_print (filing_id TEXT PRIMARY KEY REFERENCES filing (id), document_id TEXT NOT NULL, shingles INTEGER NOT NULL, print BLOB NOT NULL) STRICT;
CREATE INDEX document_by_content ON document (sha256, filing_id) WHERE signs IS NULL;
CREATE TABLE document_flags (sha256 TEXT PRIMARY KEY, flags TEXT NOT NULL CHECK (json_valid(flags))) STRICT, WITHOUT ROWID;
CREATE TABLE filing_link (
  a TEXT NOT NULL REFERENCES filing (id), b TEXT NOT NULL REFERENCES filing (id), by_user TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (a, b), CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_link_back ON filing_link (b);
ALTER TABLE filing ADD COLUMN term_edition TEXT;
`,
} as const;
