/** The filing that this one mends: it came back from the court, and its sender has filed again. */
export const earlierFiling = {
  version: 190,
  sql: `
ALTER TABLE filing ADD COLUMN earlier_id TEXT REFERENCES filing (id) CHECK (earlier_id IS NULL OR earlier_id <> id);
CREATE INDEX filing_by_earlier ON filing (earlier_id) WHERE earlier_id IS NOT NULL;
CREATE INDEX filing_sent_back ON filing (kind, received_at) WHERE state IN ('returned','refused');
`,
} as const;
