/**
 * What a judge signed in one go: every act with its result. Rows stay; a batch that is gone on with changes those that had no final result.
 * Title and pages are those of the time, because a draft may be gone later. An act is signed once, whoever tries again.
 */
export const batch = {
  version: 130,
  sql: `
CREATE TABLE batch (
  id TEXT PRIMARY KEY, judge_id TEXT NOT NULL, made_at TEXT NOT NULL, list_sha256 TEXT NOT NULL,
  key_place TEXT NOT NULL, certificate TEXT CHECK (certificate IS NULL OR json_valid(certificate)),
  state TEXT NOT NULL CHECK (state IN ('running','stopped','done')), stop TEXT CHECK (stop IS NULL OR json_valid(stop)), ended_at TEXT,
  CHECK ((state = 'running') = (ended_at IS NULL)), CHECK ((state = 'stopped') = (stop IS NOT NULL))
) STRICT;
CREATE INDEX batch_by_judge ON batch (judge_id, made_at);
CREATE INDEX batch_running ON batch (state) WHERE state = 'running';

CREATE TABLE batch_item (
  batch_id TEXT NOT NULL REFERENCES batch (id), position INTEGER NOT NULL, act_id TEXT NOT NULL, sha256 TEXT NOT NULL,
  kind TEXT NOT NULL, number TEXT NOT NULL, pages INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','signing','signed','failed','not-tried')),
  failure TEXT CHECK (failure IS NULL OR json_valid(failure)), signed_sha256 TEXT, began_at TEXT, ended_at TEXT,
  PRIMARY KEY (batch_id, position), UNIQUE (batch_id, act_id),
  CHECK ((state = 'signed') = (signed_sha256 IS NOT NULL)), CHECK ((state = 'failed') = (failure IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX batch_item_once ON batch_item (act_id) WHERE state IN ('signing','signed');
`,
} as const;
