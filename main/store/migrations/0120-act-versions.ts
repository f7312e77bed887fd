/**
 * Every text that an act has had, with what it decides; the newest is the draft that the judge reads. A signed act keeps its versions.
 * `filing_decision`: what was decided by a signed ruling and which terms began with it, here or at another desk of the court.
 */
export const actVersions = {
  version: 120,
  sql: `
CREATE TABLE act_version (
  act_id TEXT NOT NULL REFERENCES act (id) ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL, sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
  grounds TEXT NOT NULL CHECK (json_valid(grounds)), transfer_to TEXT CHECK (transfer_to IS NULL OR json_valid(transfer_to)),
  made_by TEXT, made_at TEXT NOT NULL, why TEXT NOT NULL CHECK (why IN ('drafted','decided','answered','edited','imported')),
  PRIMARY KEY (act_id, number)
) STRICT;
INSERT INTO act_version (act_id, number, kind, sha256, pages, grounds, made_at, why)
  SELECT a.id, 1, a.kind, a.draft_sha256, a.pages,
    coalesce((SELECT json_group_array(json_object('code', d.code, 'note', d.note)) FROM defect d WHERE d.filing_id = a.filing_id AND a.kind = 'ruling-return'), '[]'),
    a.prepared_at, 'drafted' FROM act a;

CREATE TABLE filing_decision (
  filing_id TEXT NOT NULL REFERENCES filing (id), act_id TEXT NOT NULL, kind TEXT NOT NULL, signed_at TEXT NOT NULL,
  grounds TEXT NOT NULL CHECK (json_valid(grounds)), transfer_to TEXT CHECK (transfer_to IS NULL OR json_valid(transfer_to)),
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  PRIMARY KEY (filing_id, act_id)
) STRICT;
`,
} as const;
