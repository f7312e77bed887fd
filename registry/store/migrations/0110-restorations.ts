import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/**
 * When this database was put back to an earlier day, and how far its numbers were moved on then. Where the database lives (server, database,
 * line of its write-ahead log) is told by `database_home`: a dump restored elsewhere, a recovery and a failover each change it.
 */
export const restorations: Migration = {
  number: 110,
  name: 'restorations',
  statements: [
    `CREATE FUNCTION database_home() RETURNS text LANGUAGE sql AS $$
       SELECT system_identifier || '/' || (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) || '/'
         || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system() $$`,
    // the first row is the database as it was found, with no `at`; `anchors`: the newest anchor of a journal then
    `CREATE TABLE restoration (
       position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       at text,
       last_trace text,
       home text NOT NULL,
       anchors integer NOT NULL)`,
    appendOnly('restoration'),
    `INSERT INTO restoration (home, anchors) SELECT database_home(), 0`,
    `CREATE TABLE number_margin (
       restoration integer NOT NULL REFERENCES restoration,
       court text NOT NULL REFERENCES court,
       year text NOT NULL,
       margin integer NOT NULL,
       PRIMARY KEY (court, year, restoration))`,
    appendOnly('number_margin'),
    `CREATE TABLE number_move (
       restoration integer NOT NULL REFERENCES restoration,
       court text NOT NULL, series text NOT NULL, year text NOT NULL, type_index text NOT NULL,
       was integer NOT NULL, now integer NOT NULL,
       PRIMARY KEY (court, series, year, type_index, restoration))`,
    appendOnly('number_move'),
    // a desk has shown that the registry knew more: it has read beyond the feed's end, or has numbers that the registry does not know
    `CREATE TABLE lost_past (
       restoration integer NOT NULL REFERENCES restoration,
       court text NOT NULL REFERENCES court,
       workstation uuid NOT NULL REFERENCES workstation,
       read_to integer,
       feed_seq integer NOT NULL,
       noticed_at text NOT NULL,
       PRIMARY KEY (restoration, court))`,
    appendOnly('lost_past'),
    // numbers given back below it are not given out again
    `ALTER TABLE number_series ADD COLUMN floor integer NOT NULL DEFAULT 1`,
  ],
};
