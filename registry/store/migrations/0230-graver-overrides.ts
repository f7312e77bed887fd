import type { Migration } from '../migrate.ts';

/** What is fatal is decided again by the head where a lesser word was given before; both stay on record. */
export const graverOverrides: Migration = {
  number: 230,
  name: 'graver-overrides',
  statements: [
    `ALTER TABLE finding_override DROP CONSTRAINT finding_override_pkey`,
    `ALTER TABLE finding_override ADD PRIMARY KEY (filing, finding, severity)`,
  ],
};
