import type { Migration } from '../migrate.ts';

/** What the office proposes to the judge with a registration; none of filings from before. */
export const proposal: Migration = {
  number: 380,
  name: 'proposal',
  statements: [`ALTER TABLE filing ADD COLUMN proposal jsonb`],
};
