import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** Filings of a court that somebody has linked; each pair once, the lesser id first. */
export const links: Migration = {
  number: 330,
  name: 'links',
  statements: [
    `CREATE TABLE filing_link (
       a uuid NOT NULL REFERENCES filing,
       b uuid NOT NULL REFERENCES filing,
       by_user uuid NOT NULL REFERENCES court_user,
       linked_at text NOT NULL,
       PRIMARY KEY (a, b),
       CHECK (a < b))`,
    appendOnly('filing_link'),
  ],
};
