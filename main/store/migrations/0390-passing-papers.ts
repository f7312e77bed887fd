/** Papers that are drawn anew for whoever asks: files among the documents that nothing needs after a day. */
export const passingPapers = {
  version: 390,
  sql: `CREATE TABLE passing_paper (sha256 TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
} as const;
