import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** The hash chain over each court's feed, and who let a desk go on whose journal was not the anchored one. */
export const history: Migration = {
  number: 50,
  name: 'history',
  statements: [
    `CREATE TABLE feed_link (
       court text NOT NULL REFERENCES court,
       seq integer NOT NULL,
       hash text NOT NULL,
       PRIMARY KEY (court, seq))`,
    appendOnly('feed_link'),
    `ALTER TABLE journal_anchor ADD COLUMN signature text, ADD COLUMN accepted_by uuid, ADD COLUMN finding text, ADD COLUMN last_good integer, ADD COLUMN reason text`,
  ],
};
