/** What a person wrote in place of the template's text; null for a text drawn from the template. */
export const actText = {
  version: 122,
  sql: `
ALTER TABLE act_version ADD COLUMN text TEXT CHECK (text IS NULL OR json_valid(text));
`,
} as const;
