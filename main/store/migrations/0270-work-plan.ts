/**
 * Absences, norms and the rules of sharing. `content` is what holds here, as JSON; `held` what the registry told last; `command` what was said here last
 * until the registry has told it to every desk.
 */
export const workPlan = {
  version: 270,
  sql: `
CREATE TABLE work_plan (entry TEXT PRIMARY KEY, content TEXT CHECK (json_valid(content)), held TEXT CHECK (json_valid(held)), command TEXT) STRICT, WITHOUT ROWID;
`,
} as const;
