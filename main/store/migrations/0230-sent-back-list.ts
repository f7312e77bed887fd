/** The list of what the court sends back: before a judge with a proposal to do so, or by a signed ruling. */
export const sentBackList = {
  version: 230,
  sql: `
CREATE INDEX filing_done_sent_back ON filing (registered_at, id, kind, state, verdict, language, channel, assignee, due_at)
  WHERE registered_at IS NOT NULL AND (state IN ('returned','refused','transferred') OR (flagged = 1 AND state = 'with-judge'));
`,
} as const;
