import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/**
 * Instants are kept as the texts that came (UTC ISO 8601), so that both sides compare the same characters.
 * Every change of a court first locks its row in `court`; that orders the feed and makes the checks before a change hold.
 */
export const foundation: Migration = {
  number: 10,
  name: 'foundation',
  statements: [
    `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,

    `CREATE TABLE setting (name text PRIMARY KEY, value text NOT NULL)`,

    `CREATE TABLE court (
       code text PRIMARY KEY CHECK (code ~ '^[0-9]{4}$'),
       name_kk text NOT NULL,
       name_ru text NOT NULL,
       enrolment_code text NOT NULL UNIQUE,
       feed_seq integer NOT NULL DEFAULT 0)`,

    `CREATE TABLE workstation (
       id uuid PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       name text NOT NULL,
       public_key text NOT NULL,
       enrolment_code text NOT NULL,
       enrolled_at text NOT NULL,
       revoked_at text)`,
    `CREATE UNIQUE INDEX workstation_enrolment ON workstation (public_key, enrolment_code)`,
    `CREATE TABLE used_assertion (
       workstation uuid NOT NULL REFERENCES workstation,
       jti text NOT NULL,
       expires bigint NOT NULL,
       PRIMARY KEY (workstation, jti))`,

    `CREATE TABLE court_user (
       id uuid PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       name text NOT NULL,
       iin text,
       roles jsonb NOT NULL,
       certificates jsonb NOT NULL,
       active boolean NOT NULL)`,
    `CREATE INDEX court_user_court ON court_user (court, id)`,

    `CREATE TABLE document (sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'), size integer NOT NULL, stored_at text NOT NULL)`,
    // the bytes themselves, where the registry has no folder for them
    `CREATE TABLE document_chunk (sha256 text NOT NULL, position integer NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (sha256, position))`,
    // who may know the bytes: the courts that hold or were sent them, and the cabinet
    `CREATE TABLE court_document (court text NOT NULL REFERENCES court, sha256 text NOT NULL REFERENCES document, PRIMARY KEY (court, sha256))`,
    `CREATE TABLE cabinet_document (sha256 text PRIMARY KEY REFERENCES document)`,

    `CREATE TABLE filing (
       id uuid PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       cabinet_number text NOT NULL UNIQUE,
       message jsonb NOT NULL,
       received_at text NOT NULL,
       state text NOT NULL CHECK (state IN
         ('received', 'checking', 'registered', 'with-judge', 'accepted', 'returned', 'refused', 'transferred', 'fulfilled')),
       flagged boolean NOT NULL DEFAULT false,
       verdict text,
       defects jsonb,
       incoming_number text UNIQUE,
       case_number text UNIQUE,
       joins_case text,
       registered_at text,
       judge uuid REFERENCES court_user,
       talon_sha256 text REFERENCES document,
       talon_qr text,
       talon_issued_at text,
       CHECK ((registered_at IS NULL) = (incoming_number IS NULL)),
       CHECK (case_number IS NULL OR joins_case IS NULL),
       CHECK ((state IN ('received', 'checking')) = (incoming_number IS NULL)))`,
    `CREATE INDEX filing_court ON filing (court, id)`,
    `CREATE TABLE cabinet_month (month text PRIMARY KEY, last integer NOT NULL)`,
    `CREATE TABLE cabinet_submission (idempotency_key text PRIMARY KEY, body_sha256 text NOT NULL, filing uuid NOT NULL)`,

    `CREATE TABLE court_case (number text PRIMARY KEY, court text NOT NULL REFERENCES court, opened_by uuid REFERENCES filing)`,

    `CREATE TABLE act (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       kind text NOT NULL,
       sha256 text NOT NULL REFERENCES document,
       level text NOT NULL,
       signed_at text NOT NULL,
       signed_by uuid NOT NULL REFERENCES court_user,
       position integer NOT NULL,
       dispatched_at text,
       recipients jsonb NOT NULL DEFAULT '[]')`,
    `CREATE INDEX act_filing ON act (filing, position)`,

    `CREATE TABLE number_series (
       court text NOT NULL REFERENCES court, series text NOT NULL, year text NOT NULL, type_index text NOT NULL,
       next integer NOT NULL,
       PRIMARY KEY (court, series, year, type_index))`,
    `CREATE TABLE number_block (
       id uuid PRIMARY KEY,
       workstation uuid NOT NULL REFERENCES workstation,
       request uuid NOT NULL,
       court text NOT NULL, series text NOT NULL, year text NOT NULL, type_index text NOT NULL,
       first integer NOT NULL, last integer NOT NULL,
       leased_at text NOT NULL,
       CHECK (first <= last),
       UNIQUE (workstation, request),
       UNIQUE (court, series, year, type_index, first))`,
    appendOnly('number_block'),

    `CREATE TABLE applied_command (
       workstation uuid NOT NULL REFERENCES workstation,
       id uuid NOT NULL,
       kind text NOT NULL,
       actor uuid,
       done_at text NOT NULL,
       applied_at text NOT NULL,
       envelope_sha256 text NOT NULL,
       answer jsonb NOT NULL,
       PRIMARY KEY (workstation, id))`,
    appendOnly('applied_command'),

    `CREATE TABLE journal_anchor (
       position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       workstation uuid NOT NULL REFERENCES workstation,
       entries integer NOT NULL,
       head text NOT NULL,
       at text NOT NULL,
       anchored_at text NOT NULL)`,
    `CREATE INDEX journal_anchor_latest ON journal_anchor (workstation, position)`,
    appendOnly('journal_anchor'),

    `CREATE TABLE feed (
       court text NOT NULL REFERENCES court,
       seq integer NOT NULL,
       kind text NOT NULL,
       version integer NOT NULL,
       subject text NOT NULL,
       at text NOT NULL,
       data jsonb NOT NULL,
       data_bytes integer NOT NULL,
       PRIMARY KEY (court, seq))`,
    appendOnly('feed'),

    `CREATE TABLE training_kit (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), kit jsonb NOT NULL, left_by uuid NOT NULL REFERENCES workstation)`,
  ],
};
