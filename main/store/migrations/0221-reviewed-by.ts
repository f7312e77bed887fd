/** Who has read a draft: what one judge has read is not read for another who takes the filing over. Until now only the judge of an act could say so. */
export const reviewedBy = {
  version: 221,
  sql: `
ALTER TABLE act ADD COLUMN reviewed_by TEXT;
UPDATE act SET reviewed_by = coalesce(judge_id, (SELECT judge_id FROM filing WHERE filing.id = act.filing_id)) WHERE reviewed_sha256 IS NOT NULL;
`,
} as const;
