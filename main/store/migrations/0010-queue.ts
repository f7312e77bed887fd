/** First schema: profile settings, people, filings with their documents, numbers, talons, acts, outbox and journal. */
export const queue = {
  version: 10,
  sql: `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE app_user (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, iin TEXT, roles TEXT NOT NULL CHECK (json_valid(roles)),
  certificates TEXT NOT NULL CHECK (json_valid(certificates)), active INTEGER NOT NULL CHECK (active IN (0, 1)), last_sign_in_at TEXT
) STRICT;

CREATE TABLE filing (
  id TEXT PRIMARY KEY,
  cabinet_number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  message TEXT NOT NULL CHECK (json_valid(message)),
  state TEXT NOT NULL CHECK (state IN ('received','checking','registered','with-judge','accepted','returned','refused','transferred','fulfilled')),
  flagged INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
  intake TEXT NOT NULL DEFAULT 'arriving' CHECK (intake IN ('arriving','ready','damaged')),
  signature TEXT NOT NULL DEFAULT 'not-checked' CHECK (signature IN ('valid','check-signer','undecided','not-checked','invalid','absent')),
  verdict TEXT CHECK (verdict IN ('valid','undecided','invalid','unsigned')),
  claimant TEXT NOT NULL, respondent TEXT,
  search_text TEXT NOT NULL,
  sent_at TEXT NOT NULL, received_at TEXT NOT NULL, due_at TEXT,
  incoming_number TEXT UNIQUE, case_number TEXT UNIQUE, joins_case TEXT,
  registered_at TEXT, registered_by TEXT, confirmed_at TEXT, judge_id TEXT,
  recheck_at TEXT, recheck_count INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0,
  CHECK ((incoming_number IS NULL) = (registered_at IS NULL)),
  CHECK (state IN ('received','checking') OR registered_at IS NOT NULL),
  CHECK (case_number IS NULL OR joins_case IS NULL)
) STRICT;
CREATE INDEX filing_by_state_due ON filing (state, due_at, received_at);
CREATE INDEX filing_by_received ON filing (received_at);
CREATE INDEX filing_recheck ON filing (recheck_at) WHERE recheck_at IS NOT NULL;

CREATE TABLE document (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL REFERENCES filing (id), position INTEGER NOT NULL,
  /* NULL for a document of the filing, else the document that this signature file belongs to */
  signs TEXT REFERENCES document (id),
  role TEXT NOT NULL, title TEXT NOT NULL, file_name TEXT NOT NULL, size INTEGER NOT NULL CHECK (size >= 0), sha256 TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending','stored','missing','hash-mismatch')),
  content_type TEXT CHECK (content_type IN ('pdf','image','office','archive','text','empty','other')),
  pages INTEGER,
  report TEXT CHECK (report IS NULL OR json_valid(report)),
  identity TEXT CHECK (identity IN ('applicant','representative','other','unknown')),
  UNIQUE (filing_id, signs, position)
) STRICT;
CREATE INDEX document_by_filing ON document (filing_id);
CREATE INDEX document_pending ON document (state) WHERE state IN ('pending','missing');

CREATE TABLE anomaly (
  filing_id TEXT NOT NULL REFERENCES filing (id), rule TEXT NOT NULL, severity TEXT NOT NULL CHECK (severity IN ('warn','error','fatal')),
  document_id TEXT REFERENCES document (id), params TEXT NOT NULL CHECK (json_valid(params))
) STRICT;
CREATE INDEX anomaly_by_filing ON anomaly (filing_id);

CREATE TABLE check_mark (
  filing_id TEXT NOT NULL REFERENCES filing (id), check_id TEXT NOT NULL, by_user TEXT NOT NULL, at TEXT NOT NULL, page INTEGER,
  PRIMARY KEY (filing_id, check_id)
) STRICT;

CREATE TABLE defect (
  filing_id TEXT NOT NULL REFERENCES filing (id), code TEXT NOT NULL, note TEXT, PRIMARY KEY (filing_id, code)
) STRICT;

CREATE TABLE court_case (number TEXT PRIMARY KEY, opened_by TEXT) STRICT;

CREATE TABLE number_block (
  id TEXT PRIMARY KEY, series TEXT NOT NULL CHECK (series IN ('incoming','case')), year TEXT NOT NULL, type_index TEXT NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL,
  CHECK (first <= last AND next BETWEEN first AND last + 1)
) STRICT;
/* A lease is asked under a key that is kept until the answer is here, so that a lost answer never loses numbers. */
CREATE TABLE number_request (request_id TEXT PRIMARY KEY, series TEXT NOT NULL, year TEXT NOT NULL, type_index TEXT NOT NULL, size INTEGER NOT NULL,
  UNIQUE (series, year, type_index)) STRICT;

CREATE TABLE talon (
  filing_id TEXT PRIMARY KEY REFERENCES filing (id), content TEXT NOT NULL CHECK (json_valid(content)),
  qr_text TEXT NOT NULL, sha256 TEXT, size INTEGER, confirmed_at TEXT
) STRICT;

CREATE TABLE act (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL REFERENCES filing (id),
  kind TEXT NOT NULL CHECK (kind IN ('ruling-accept','ruling-return','ruling-refuse','ruling-transfer')),
  state TEXT NOT NULL CHECK (state IN ('draft','signed','confirmed','dispatched')),
  language TEXT NOT NULL CHECK (language IN ('kk','ru')),
  prepared_by TEXT NOT NULL, prepared_at TEXT NOT NULL, draft_sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
  reviewed_sha256 TEXT, signed_sha256 TEXT, signed_size INTEGER, signed_by TEXT, signed_at TEXT, level TEXT, dispatched_at TEXT,
  revision INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'draft') = (signed_sha256 IS NULL))
) STRICT;
CREATE UNIQUE INDEX act_open_per_filing ON act (filing_id) WHERE state = 'draft';

CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, kind TEXT NOT NULL, schema_version INTEGER NOT NULL,
  actor TEXT, at TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload)), uploads TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(uploads)),
  attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at TEXT, last_code TEXT,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','sending','done','parked'))
) STRICT;
CREATE INDEX outbox_open ON outbox (state, position) WHERE state <> 'done';

CREATE TABLE feed_deferred (seq INTEGER PRIMARY KEY, item TEXT NOT NULL CHECK (json_valid(item)), reason TEXT NOT NULL) STRICT;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT, action TEXT NOT NULL, subject TEXT, details TEXT NOT NULL CHECK (json_valid(details)),
  previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX journal_by_subject ON journal (subject, seq);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`,
} as const;
