/**
 * Which filings this desk may work on, who has the others, and what became of numbers. Instants of leases are by this desk's clock, with
 * the margin for clocks taken off.
 */
export const leases = {
  version: 40,
  sql: `
CREATE TABLE lease (
  filing_id TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  /* set aside for this desk; how long is a setting, because it ends for all of them at once */
  reserved INTEGER NOT NULL CHECK (reserved IN (0, 1)),
  /* the person who has it open; NULL when nobody has */
  holder TEXT, kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1)), work_until TEXT,
  CHECK ((holder IS NULL) = (work_until IS NULL)), CHECK (reserved = 1 OR holder IS NOT NULL)
) STRICT;
/* What the registry has still to hear of leases that this desk uses no more. */
CREATE TABLE lease_word (
  lease_id TEXT PRIMARY KEY, word TEXT NOT NULL CHECK (word IN ('release','give-back'))
) STRICT;

/* Leases of other desks, as last heard. */
CREATE TABLE presence (
  filing_id TEXT PRIMARY KEY, workstation_id TEXT NOT NULL, holder TEXT, since TEXT NOT NULL, until TEXT NOT NULL, work_until TEXT
) STRICT;
CREATE TABLE court_desk (id TEXT PRIMARY KEY, name TEXT NOT NULL, seen_at TEXT) STRICT;

/* A filing that the head of the office took over from this desk, until the desk has it again. */
CREATE TABLE lease_loss (filing_id TEXT PRIMARY KEY, by_user TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL) STRICT;

/* The numbers of a block from here on were given back and are never used here. */
ALTER TABLE number_block ADD COLUMN returned_from INTEGER CHECK (returned_from IS NULL OR returned_from = next);

/* What the registry holds of a filing that this desk has registered under other numbers. */
CREATE TABLE registration_conflict (filing_id TEXT PRIMARY KEY REFERENCES filing (id), state TEXT NOT NULL CHECK (json_valid(state)), at TEXT NOT NULL) STRICT;
`,
} as const;
