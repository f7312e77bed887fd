import type { Migration } from '../migrate.ts';

/** What an act is called, and which terms began with one that decides nothing on its filing; null where the desk said nothing. */
export const actKinds: Migration = {
  number: 150,
  name: 'act-kinds',
  statements: [`ALTER TABLE act ADD COLUMN title text, ADD COLUMN terms jsonb`],
};
