/** The hash chain over the feed as this desk has read it, so that a registry cannot quietly tell another story later. */
export const feedLink = {
  version: 50,
  sql: `
CREATE TABLE feed_link (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
`,
} as const;
