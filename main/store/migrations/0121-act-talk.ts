/** What judge and office say to each other about a draft. A draft that was sent back waits for the office and cannot be signed. */
export const actTalk = {
  version: 121,
  sql: `
ALTER TABLE act ADD COLUMN sent_back_at TEXT CHECK (sent_back_at IS NULL OR state = 'draft');
CREATE INDEX act_sent_back ON act (sent_back_at) WHERE sent_back_at IS NOT NULL;
CREATE TABLE act_word (
  act_id TEXT NOT NULL REFERENCES act (id) ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('sent-back','answered','taken-back')), text TEXT NOT NULL,
  by_user TEXT NOT NULL, at TEXT NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (act_id, number)
) STRICT;
`,
} as const;
