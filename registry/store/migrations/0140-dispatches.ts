import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/**
 * Notices of acts climb a ladder: `steps` are its rungs, `step` the one that is being tried, `round` how often a person has begun anew. What was
 * tried is kept in `notice_attempt`. Other notices have no steps.
 */
export const dispatches: Migration = {
  number: 140,
  name: 'dispatches',
  statements: [
    `ALTER TABLE notice ADD COLUMN steps jsonb, ADD COLUMN step integer NOT NULL DEFAULT 0, ADD COLUMN round integer NOT NULL DEFAULT 1`,
    `ALTER TABLE notice DROP CONSTRAINT notice_state_check`,
    `ALTER TABLE notice ADD CONSTRAINT notice_state_check
       CHECK (state IN ('waiting', 'sent', 'delivered', 'failed') OR (steps IS NOT NULL AND state IN ('read', 'unreachable')))`,
    `CREATE INDEX notice_dispatch ON notice (subject) WHERE steps IS NOT NULL`,
    `CREATE INDEX notice_dispatch_reader ON notice (filing, subject) WHERE steps IS NOT NULL`,
    `CREATE TABLE notice_attempt (
       position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       notice uuid NOT NULL REFERENCES notice,
       round integer NOT NULL,
       channel text NOT NULL,
       at text NOT NULL,
       outcome text NOT NULL CHECK (outcome IN ('sent', 'retry', 'failed', 'delivered', 'read', 'returned')),
       code text,
       reference text,
       by_user uuid REFERENCES court_user)`,
    `CREATE INDEX notice_attempt_notice ON notice_attempt (notice, position)`,
    appendOnly('notice_attempt'),
  ],
};
