import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** What the office says of a registered filing: corrections beside its facts, and proposals that were taken back. */
export const afterRegistering: Migration = {
  number: 320,
  name: 'after-registering',
  statements: [
    `CREATE TABLE fact_correction (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       fact text NOT NULL,
       party integer,
       before_value text,
       after_value text,
       reason text NOT NULL,
       by_user uuid NOT NULL REFERENCES court_user,
       made_at text NOT NULL)`,
    `CREATE INDEX fact_correction_filing ON fact_correction (filing)`,
    appendOnly('fact_correction'),
    `CREATE TABLE proposal_recall (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       reason text NOT NULL,
       by_user uuid NOT NULL REFERENCES court_user,
       recalled_at text NOT NULL)`,
    `CREATE INDEX proposal_recall_filing ON proposal_recall (filing)`,
    appendOnly('proposal_recall'),
  ],
};
