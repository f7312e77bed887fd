import type { Migration } from '../migrate.ts';

/**
 * The outbox of notices to people, one row per person and thing, written with the change it tells of. `asked` is the channel that the court
 * chose; `rest` are the channels still to be tried, in order; `via` is the one being tried. `due_at` is when a sender may take the row
 * next; a sender that takes it moves that on, so that a row whose sender died is taken again.
 */
export const notices: Migration = {
  number: 100,
  name: 'notices',
  statements: [
    `CREATE TABLE notice (
       id uuid PRIMARY KEY,
       position bigint GENERATED ALWAYS AS IDENTITY,
       court text NOT NULL REFERENCES court,
       filing uuid REFERENCES filing,
       about uuid REFERENCES filing,
       kind text NOT NULL,
       subject uuid NOT NULL,
       name text NOT NULL,
       language text NOT NULL,
       asked text NOT NULL CHECK (asked IN ('cabinet', 'push', 'sms', 'email', 'post')),
       rest jsonb NOT NULL,
       via text,
       addresses jsonb NOT NULL,
       facts jsonb NOT NULL,
       state text NOT NULL CHECK (state IN ('waiting', 'sent', 'delivered', 'failed')),
       reason text,
       attempts integer NOT NULL DEFAULT 0,
       created_at text NOT NULL,
       changed_at text NOT NULL,
       due_at text)`,
    `CREATE INDEX notice_due ON notice (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX notice_unread ON notice (filing, kind) WHERE state <> 'delivered'`,
    `CREATE INDEX notice_about ON notice (about)`,
    `CREATE TABLE used_receipt (signature text PRIMARY KEY, at text NOT NULL)`,
  ],
};
