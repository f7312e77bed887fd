import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** What the office says about a filing to its own people: notes, and corrections of what the filer has said. */
export const officeWords: Migration = {
  number: 180,
  name: 'office-words',
  statements: [
    `CREATE TABLE filing_note (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       content text NOT NULL,
       by_user uuid NOT NULL REFERENCES court_user,
       made_at text NOT NULL,
       withdrawn_at text)`,
    `CREATE INDEX filing_note_filing ON filing_note (filing)`,
    `CREATE TABLE filing_correction (
       filing uuid NOT NULL REFERENCES filing,
       number integer NOT NULL CHECK (number > 0),
       id uuid NOT NULL UNIQUE,
       content jsonb NOT NULL,
       reason text NOT NULL,
       by_user uuid NOT NULL REFERENCES court_user,
       made_at text NOT NULL,
       PRIMARY KEY (filing, number))`,
    appendOnly('filing_correction'),
  ],
};
