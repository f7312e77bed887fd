/** Who has signed in here, until the registry knows it whole, and which session vouches for what is to be sent. */
export const sessions = {
  version: 70,
  sql: `
CREATE TABLE user_session (
  /* the public half of its key */
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL, not_before TEXT NOT NULL, not_after TEXT NOT NULL, nonce TEXT NOT NULL,
  certificate TEXT NOT NULL, signature TEXT NOT NULL,
  /* new: not handed in; known: the registry has it; refused: it does not take it; closed: it knows the end too */
  state TEXT NOT NULL CHECK (state IN ('new','known','refused','closed')),
  ended_at TEXT,
  /* only where every command is a process of its own: the key of a session that is open, a private JWK */
  private_key TEXT, CHECK (private_key IS NULL OR ended_at IS NULL)
) STRICT;
CREATE INDEX user_session_open ON user_session (state) WHERE state IN ('new','known');
ALTER TABLE outbox ADD COLUMN session TEXT;
ALTER TABLE outbox ADD COLUMN confirmed_at TEXT;
ALTER TABLE outbox ADD COLUMN proof TEXT;
`,
} as const;
