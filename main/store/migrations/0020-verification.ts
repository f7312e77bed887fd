/**
 * Every verification of a file of a filing with what it rested on, kept for good. A blob is named by its SHA-256 and lies in the sealed
 * store once, however many verifications used it.
 */
export const verification = {
  version: 20,
  sql: `
CREATE TABLE verification (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL REFERENCES filing (id), document_id TEXT NOT NULL REFERENCES document (id),
  at TEXT NOT NULL, received_at TEXT,
  file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
  /* NULL for a signature inside the file itself */
  content_sha256 TEXT,
  policy_id TEXT NOT NULL, policy_version TEXT NOT NULL, policy_sha256 TEXT NOT NULL,
  attempts TEXT NOT NULL CHECK (json_valid(attempts)),
  report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;
CREATE INDEX verification_by_filing ON verification (filing_id, at);
CREATE TRIGGER verification_no_update BEFORE UPDATE ON verification BEGIN SELECT RAISE(ABORT, 'a verification is kept as it was'); END;
CREATE TRIGGER verification_no_delete BEFORE DELETE ON verification BEGIN SELECT RAISE(ABORT, 'a verification is kept as it was'); END;

CREATE TABLE verification_evidence (
  verification_id TEXT NOT NULL REFERENCES verification (id), kind TEXT NOT NULL CHECK (kind IN ('anchor','cert','crl','ocsp')),
  position INTEGER NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (verification_id, kind, position)
) STRICT;
CREATE TRIGGER verification_evidence_no_update BEFORE UPDATE ON verification_evidence BEGIN SELECT RAISE(ABORT, 'evidence is kept as it was'); END;
CREATE TRIGGER verification_evidence_no_delete BEFORE DELETE ON verification_evidence BEGIN SELECT RAISE(ABORT, 'evidence is kept as it was'); END;
`,
} as const;
