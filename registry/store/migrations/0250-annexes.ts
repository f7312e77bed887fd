import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** Papers that were handed in to a filing after it was sent, with their own moment. */
export const annexes: Migration = {
  number: 250,
  name: 'annexes',
  statements: [
    `CREATE TABLE filing_annex (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       handed_in_by text NOT NULL,
       documents jsonb NOT NULL,
       received_at text NOT NULL,
       taken_by uuid NOT NULL REFERENCES court_user)`,
    `CREATE INDEX filing_annex_filing ON filing_annex (filing)`,
    appendOnly('filing_annex'),
  ],
};
