/**
 * Acts whose signature is to be raised to a higher level, and every version of a signed file that there was before. `next_at` is null when
 * nothing is left to do; `last_reason` says why the last try did not get there.
 */
export const actRaises = {
  version: 110,
  sql: `
CREATE TABLE act_raise (
  act_id TEXT PRIMARY KEY, target TEXT NOT NULL CHECK (target IN ('T','LT')), next_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, last_reason TEXT
) STRICT;
CREATE INDEX act_raise_due ON act_raise (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE act_signed_version (
  act_id TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, level TEXT NOT NULL, replaced_at TEXT NOT NULL, PRIMARY KEY (act_id, sha256)
) STRICT;
`,
} as const;
