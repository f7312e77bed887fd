import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** Who went on with a filing in spite of what a desk noticed, and why; `at` is the desk's time. */
export const findings: Migration = {
  number: 160,
  name: 'findings',
  statements: [
    `CREATE TABLE finding_override (
       filing uuid NOT NULL REFERENCES filing,
       finding text NOT NULL,
       rule text NOT NULL,
       severity text NOT NULL CHECK (severity IN ('error', 'fatal')),
       by_user uuid NOT NULL REFERENCES court_user,
       at text NOT NULL,
       reason text NOT NULL,
       PRIMARY KEY (filing, finding))`,
    appendOnly('finding_override'),
  ],
};
