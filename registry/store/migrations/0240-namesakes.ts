import type { Migration } from '../migrate.ts';

/** People with one name in one case are told apart: 0 is the first of them. */
export const namesakes: Migration = {
  number: 240,
  name: 'namesakes',
  statements: [`ALTER TABLE notice ADD COLUMN namesake integer NOT NULL DEFAULT 0`],
};
