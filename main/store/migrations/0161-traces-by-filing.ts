/** What a filing was found by is taken away by its id at every check. */
export const tracesByFiling = {
  version: 161,
  sql: `
CREATE INDEX filing_trace_by_filing ON filing_trace (filing_id);
`,
} as const;
