import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/**
 * Who works on which filing, and what became of numbers. A lease stays on record when it has ended; what happened to it and why is told
 * by `lease_event`, which only grows.
 */
export const leases: Migration = {
  number: 40,
  name: 'leases',
  statements: [
    // grows with every change that another desk could see, so that a desk asks for the list only when there is something new
    `ALTER TABLE court ADD COLUMN lease_version integer NOT NULL DEFAULT 0`,
    `ALTER TABLE workstation ADD COLUMN seen_at text`,
    // what is set aside for a desk ends for all its leases at once, so that renewing a thousand costs one row
    `ALTER TABLE workstation ADD COLUMN reserve_until text`,

    `CREATE TABLE filing_lease (
       id uuid PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       filing uuid NOT NULL REFERENCES filing,
       workstation uuid NOT NULL REFERENCES workstation,
       reserved boolean NOT NULL,
       holder uuid REFERENCES court_user,
       kept boolean NOT NULL DEFAULT false,
       work_until text,
       taken_at text NOT NULL,
       wanted boolean NOT NULL DEFAULT false,
       ended_at text,
       ended_how text CHECK (ended_how IN ('released', 'registered', 'taken-over', 'expired', 'revoked')),
       CHECK ((holder IS NULL) = (work_until IS NULL)),
       CHECK ((ended_at IS NULL) = (ended_how IS NULL)))`,
    `CREATE UNIQUE INDEX filing_lease_one ON filing_lease (filing) WHERE ended_at IS NULL`,
    `CREATE INDEX filing_lease_filing ON filing_lease (filing)`,
    `CREATE INDEX filing_lease_open ON filing_lease (court, workstation) WHERE ended_at IS NULL`,
    `CREATE INDEX filing_open ON filing (court, received_at, id) WHERE incoming_number IS NULL`,
    `CREATE TABLE lease_event (
       position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       lease uuid NOT NULL REFERENCES filing_lease,
       event text NOT NULL,
       by_user uuid,
       reason text,
       at text NOT NULL)`,
    `CREATE INDEX lease_event_lease ON lease_event (lease, position)`,
    appendOnly('lease_event'),

    `CREATE TABLE number_return (
       block uuid PRIMARY KEY REFERENCES number_block,
       first integer NOT NULL,
       returned_at text NOT NULL)`,
    appendOnly('number_return'),
    `CREATE TABLE number_void (
       block uuid NOT NULL REFERENCES number_block,
       number integer NOT NULL,
       filing uuid NOT NULL REFERENCES filing,
       voided_at text NOT NULL,
       PRIMARY KEY (block, number))`,
    appendOnly('number_void'),
    // numbers that one desk gave back come in a block of another; both begin with the same number when the first used none
    `ALTER TABLE number_block ADD COLUMN reissues uuid REFERENCES number_block`,
    // how many were asked for, when fewer could be given; NULL in blocks from before, which are always whole
    `ALTER TABLE number_block ADD COLUMN asked integer`,
    `ALTER TABLE number_block DROP CONSTRAINT number_block_court_series_year_type_index_first_key`,
    `CREATE UNIQUE INDEX number_block_first
       ON number_block (court, series, year, type_index, first, coalesce(reissues, '00000000-0000-0000-0000-000000000000'))`,
    `CREATE INDEX number_block_reissues ON number_block (reissues) WHERE reissues IS NOT NULL`,
  ],
};
