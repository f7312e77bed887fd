/** When a document that did not come is asked for again. */
export const documentRetry = {
  version: 60,
  sql: `
ALTER TABLE document ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN next_attempt_at TEXT;
`,
} as const;
