/** Every time a talon was printed here. The first is the talon itself; each further one is a copy of its own, marked as such. */
export const talonPrints = {
  version: 191,
  sql: `
CREATE TABLE talon_print (
  filing_id TEXT NOT NULL REFERENCES talon (filing_id), number INTEGER NOT NULL CHECK (number > 0),
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, at TEXT NOT NULL, by_user TEXT NOT NULL,
  PRIMARY KEY (filing_id, number)
) STRICT;
`,
} as const;
