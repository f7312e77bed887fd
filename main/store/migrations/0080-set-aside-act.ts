/** A signed act that the registry did not take because the court had gone another way. It is kept, and stands in nobody's way. */
export const setAsideAct = {
  version: 80,
  sql: `
ALTER TABLE act ADD COLUMN set_aside_at TEXT CHECK (set_aside_at IS NULL OR state = 'signed');
`,
} as const;
