/**
 * Acts of further kinds beside the rulings that decide on a filing: which kinds there are is office data. One ruling on a filing is open at a
 * time; of the other kinds one under each name. `judge_id`: who signs it where the filing is before nobody. `handed_at`: since when the judge has
 * it; null while the office prepares it. Typed texts are kept by act.
 */
export const actKinds = {
  version: 150,
  sql: `
CREATE TEMP TABLE kept_version AS SELECT * FROM act_version;
CREATE TEMP TABLE kept_word AS SELECT * FROM act_word;
DROP TABLE act_version;
DROP TABLE act_word;
CREATE TABLE act_of_any_kind (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL REFERENCES filing (id),
  kind TEXT NOT NULL, title TEXT, judge_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('draft','signed','confirmed','dispatched')),
  language TEXT NOT NULL CHECK (language IN ('kk','ru')),
  prepared_by TEXT NOT NULL, prepared_at TEXT NOT NULL, draft_sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
  reviewed_sha256 TEXT, signed_sha256 TEXT, signed_size INTEGER, signed_by TEXT, signed_at TEXT, level TEXT, dispatched_at TEXT,
  revision INTEGER NOT NULL DEFAULT 0,
  set_aside_at TEXT CHECK (set_aside_at IS NULL OR state = 'signed'),
  sent_back_at TEXT CHECK (sent_back_at IS NULL OR state = 'draft'),
  handed_at TEXT CHECK (handed_at IS NOT NULL OR state = 'draft'),
  CHECK ((state = 'draft') = (signed_sha256 IS NULL))
) STRICT;
INSERT INTO act_of_any_kind (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, reviewed_sha256, signed_sha256,
    signed_size, signed_by, signed_at, level, dispatched_at, revision, set_aside_at, sent_back_at, handed_at)
  SELECT id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, reviewed_sha256, signed_sha256,
    signed_size, signed_by, signed_at, level, dispatched_at, revision, set_aside_at, sent_back_at, prepared_at FROM act;
DROP TABLE act;
ALTER TABLE act_of_any_kind RENAME TO act;
CREATE UNIQUE INDEX act_open_ruling ON act (filing_id)
  WHERE state = 'draft' AND kind IN ('ruling-accept','ruling-return','ruling-refuse','ruling-transfer');
CREATE UNIQUE INDEX act_open_of_name ON act (filing_id, kind, coalesce(title, '')) WHERE state = 'draft';
CREATE INDEX act_by_filing ON act (filing_id);
CREATE INDEX act_sent_back ON act (sent_back_at) WHERE sent_back_at IS NOT NULL;

CREATE TABLE act_version (
  act_id TEXT NOT NULL REFERENCES act (id) ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL, sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
  grounds TEXT NOT NULL CHECK (json_valid(grounds)), transfer_to TEXT CHECK (transfer_to IS NULL OR json_valid(transfer_to)),
  made_by TEXT, made_at TEXT NOT NULL, why TEXT NOT NULL CHECK (why IN ('drafted','decided','answered','edited','imported')),
  text TEXT CHECK (text IS NULL OR json_valid(text)),
  PRIMARY KEY (act_id, number)
) STRICT;
INSERT INTO act_version (act_id, number, kind, sha256, pages, grounds, transfer_to, made_by, made_at, why, text)
  SELECT act_id, number, kind, sha256, pages, grounds, transfer_to, made_by, made_at, why, text FROM kept_version;
CREATE TABLE act_word (
  act_id TEXT NOT NULL REFERENCES act (id) ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('sent-back','answered','taken-back')), text TEXT NOT NULL,
  by_user TEXT NOT NULL, at TEXT NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (act_id, number)
) STRICT;
INSERT INTO act_word (act_id, number, kind, text, by_user, at, version)
  SELECT act_id, number, kind, text, by_user, at, version FROM kept_word;
DROP TABLE kept_version;
DROP TABLE kept_word;

ALTER TABLE issued_act ADD COLUMN title TEXT;
UPDATE form_draft SET form = 'text:' || (SELECT a.id FROM act a WHERE a.filing_id = form_draft.filing_id AND a.state = 'draft')
  WHERE form = 'text' AND EXISTS (SELECT 1 FROM act a WHERE a.filing_id = form_draft.filing_id AND a.state = 'draft');
`,
} as const;
