/**
 * Acts that the registry holds, whichever desk they were signed at; to whom this desk has sent them, one row per person under the id of the
 * delivery; and what was done about a delivery afterwards. `command` is the entry of the outbox that says so.
 */
export const dispatch = {
  version: 140,
  sql: `
CREATE TABLE issued_act (
  id TEXT PRIMARY KEY, filing_id TEXT NOT NULL, kind TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER, level TEXT, signed_by TEXT,
  signed_at TEXT NOT NULL, dispatched INTEGER NOT NULL CHECK (dispatched IN (0, 1))
) STRICT;
CREATE INDEX issued_act_by_filing ON issued_act (filing_id);
CREATE INDEX issued_act_by_time ON issued_act (signed_at);
INSERT INTO issued_act (id, filing_id, kind, sha256, size, level, signed_by, signed_at, dispatched)
  SELECT id, filing_id, kind, signed_sha256, signed_size, level, signed_by, signed_at, state = 'dispatched' FROM act WHERE state IN ('confirmed','dispatched');

CREATE TABLE dispatch (
  id TEXT PRIMARY KEY, act_id TEXT NOT NULL, recipient TEXT NOT NULL CHECK (json_valid(recipient)), made_by TEXT NOT NULL, made_at TEXT NOT NULL,
  command TEXT NOT NULL
) STRICT;
CREATE INDEX dispatch_by_act ON dispatch (act_id);
CREATE TABLE dispatch_change (
  command TEXT PRIMARY KEY, dispatch_id TEXT NOT NULL, content TEXT NOT NULL CHECK (json_valid(content)), made_by TEXT NOT NULL, made_at TEXT NOT NULL
) STRICT;
CREATE INDEX dispatch_change_by_dispatch ON dispatch_change (dispatch_id);
`,
} as const;
