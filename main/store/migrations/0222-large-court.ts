/** What is looked for in every round or at every key is found without going through all filings and cases of some years. */
export const largeCourt = {
  version: 222,
  sql: `
CREATE INDEX filing_unverified ON filing (received_at, id) WHERE verdict IS NULL AND intake <> 'arriving';
CREATE INDEX court_case_unopened ON court_case (number) WHERE opened_by IS NULL;
`,
} as const;
