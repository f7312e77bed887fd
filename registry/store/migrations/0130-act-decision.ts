import type { Migration } from '../migrate.ts';

/** What an act decides on its filing and which terms began with it, as the desk said; null for acts of desks that said nothing. */
export const actDecision: Migration = {
  number: 130,
  name: 'act-decision',
  statements: [`ALTER TABLE act ADD COLUMN decision jsonb`],
};
