/**
 * Hearings, summonses, answers to requests, looks into case files, surveys, and how people were told. Wherever both sides speak, `held` is what
 * the registry holds, `own` what this desk has last said of it and `command` the entry of the outbox that says so.
 */
export const proceedings = {
  version: 100,
  sql: `
CREATE TABLE hearing (
  id TEXT PRIMARY KEY, filing_id TEXT, case_number TEXT,
  held TEXT CHECK (held IS NULL OR json_valid(held)), own TEXT CHECK (own IS NULL OR json_valid(own)), command TEXT,
  CHECK ((filing_id IS NULL) <> (case_number IS NULL)), CHECK (held IS NOT NULL OR own IS NOT NULL), CHECK ((own IS NULL) = (command IS NULL))
) STRICT;
CREATE INDEX hearing_by_filing ON hearing (filing_id) WHERE filing_id IS NOT NULL;
CREATE INDEX hearing_by_case ON hearing (case_number) WHERE case_number IS NOT NULL;
CREATE INDEX filing_by_joined_case ON filing (joins_case) WHERE joins_case IS NOT NULL;
CREATE INDEX hearing_held_at ON hearing (json_extract(held, '$.startsAt'));
CREATE INDEX hearing_own_at ON hearing (json_extract(own, '$.startsAt'));

CREATE TABLE summons (
  id TEXT PRIMARY KEY, hearing_id TEXT NOT NULL, recipient TEXT NOT NULL CHECK (json_valid(recipient)), sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  made_at TEXT, issued_at TEXT, command TEXT, CHECK (issued_at IS NOT NULL OR command IS NOT NULL)
) STRICT;
CREATE INDEX summons_by_hearing ON summons (hearing_id);

CREATE TABLE fulfilment (
  filing_id TEXT PRIMARY KEY, held TEXT CHECK (held IS NULL OR json_valid(held)), own TEXT CHECK (own IS NULL OR json_valid(own)), command TEXT,
  CHECK (held IS NOT NULL OR own IS NOT NULL), CHECK ((own IS NULL) = (command IS NULL))
) STRICT;

CREATE TABLE case_file_grant (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL,
  held TEXT CHECK (held IS NULL OR json_valid(held)), own TEXT CHECK (own IS NULL OR json_valid(own)), command TEXT,
  CHECK (held IS NOT NULL OR own IS NOT NULL), CHECK ((own IS NULL) = (command IS NULL))
) STRICT;
CREATE INDEX case_file_grant_by_filing ON case_file_grant (filing_id);
CREATE TABLE case_file_look (grant_id TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (grant_id, sha256, at)) STRICT;

CREATE TABLE survey (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL, step TEXT NOT NULL, question_set TEXT NOT NULL,
  made_at TEXT, asked_at TEXT, command TEXT, answers TEXT CHECK (answers IS NULL OR json_valid(answers)), answered_at TEXT,
  CHECK (asked_at IS NOT NULL OR answered_at IS NOT NULL OR command IS NOT NULL), CHECK ((answers IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX survey_by_filing ON survey (filing_id);
CREATE INDEX survey_answered ON survey (question_set) WHERE answers IS NOT NULL;

CREATE TABLE delivery (
  id TEXT PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL, content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
CREATE INDEX delivery_by_subject ON delivery (subject);

CREATE TABLE form_draft (
  user_id TEXT NOT NULL, filing_id TEXT NOT NULL, form TEXT NOT NULL, content TEXT NOT NULL CHECK (json_valid(content)), at TEXT NOT NULL,
  PRIMARY KEY (user_id, filing_id, form)
) STRICT;
`,
} as const;
