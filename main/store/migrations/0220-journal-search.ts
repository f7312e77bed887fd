/** The journal is asked by time, by person and by action, over millions of entries. */
export const journalSearch = {
  version: 220,
  sql: `
CREATE INDEX journal_by_time ON journal (at, seq);
CREATE INDEX journal_by_actor ON journal (actor, at, seq);
CREATE INDEX journal_by_action ON journal (action, at, seq);
`,
} as const;
