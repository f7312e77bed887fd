/** What a marked defect is about, and what the office proposes to the judge with the words for the filer. */
export const proposal = {
  version: 192,
  sql: `
ALTER TABLE defect ADD COLUMN places TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(places));
CREATE TABLE proposal (
  filing_id TEXT PRIMARY KEY REFERENCES filing (id), decision TEXT NOT NULL CHECK (decision IN ('return','refuse','transfer')),
  grounds TEXT NOT NULL CHECK (json_valid(grounds)), transfer_to TEXT CHECK (transfer_to IS NULL OR json_valid(transfer_to)),
  notice_kk TEXT NOT NULL, notice_ru TEXT NOT NULL, by_user TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
`,
} as const;
