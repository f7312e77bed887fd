import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** What the filer gets besides talon and acts: the way of a filing, payments, hearings, answers to requests, the case file, surveys. */
export const cabinetServices: Migration = {
  number: 90,
  name: 'cabinet-services',
  statements: [
    // when a filing came into each of its states; a state is entered once
    `CREATE TABLE filing_milestone (
       filing uuid NOT NULL REFERENCES filing,
       state text NOT NULL,
       at text NOT NULL,
       PRIMARY KEY (filing, state))`,
    appendOnly('filing_milestone'),
    `INSERT INTO filing_milestone (filing, state, at)
       SELECT subject::uuid, data->>'state', min(at) FROM feed WHERE kind = 'filing.changed' GROUP BY 1, 2`,

    `CREATE TABLE payment (
       receipt_number text PRIMARY KEY,
       idempotency_key text NOT NULL UNIQUE,
       body_sha256 text NOT NULL,
       amount_tiyn bigint NOT NULL CHECK (amount_tiyn > 0),
       kbk text NOT NULL,
       payer_id text NOT NULL,
       purpose text NOT NULL,
       paid_at text NOT NULL,
       recorded_at text NOT NULL)`,
    appendOnly('payment'),
    `CREATE TABLE payment_use (
       payment text NOT NULL REFERENCES payment,
       filing uuid NOT NULL REFERENCES filing,
       PRIMARY KEY (payment, filing))`,
    appendOnly('payment_use'),

    `CREATE TABLE hearing (
       id uuid PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       filing uuid REFERENCES filing,
       case_number text REFERENCES court_case,
       revision integer NOT NULL,
       content jsonb NOT NULL,
       cancelled_at text,
       cancel_reason text,
       CHECK ((filing IS NULL) <> (case_number IS NULL)))`,
    `CREATE TABLE hearing_change (
       position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       hearing uuid NOT NULL REFERENCES hearing,
       event text NOT NULL CHECK (event IN ('hearing-set', 'hearing-moved', 'hearing-cancelled')),
       starts_at text NOT NULL,
       by_user uuid NOT NULL REFERENCES court_user,
       at text NOT NULL)`,
    `CREATE INDEX hearing_change_hearing ON hearing_change (hearing, position)`,
    appendOnly('hearing_change'),
    // under the numbers of which filings a hearing is read in the cabinet
    `CREATE TABLE hearing_reader (
       filing uuid NOT NULL REFERENCES filing,
       hearing uuid NOT NULL REFERENCES hearing,
       PRIMARY KEY (filing, hearing))`,
    `CREATE TABLE summons (
       id uuid PRIMARY KEY,
       hearing uuid NOT NULL REFERENCES hearing,
       filing uuid REFERENCES filing,
       recipient jsonb NOT NULL,
       sha256 text NOT NULL REFERENCES document,
       issued_by uuid NOT NULL REFERENCES court_user,
       issued_at text NOT NULL)`,
    `CREATE INDEX summons_filing ON summons (filing, hearing)`,
    appendOnly('summons'),

    `CREATE TABLE fulfilment (
       filing uuid PRIMARY KEY REFERENCES filing,
       documents jsonb NOT NULL,
       note text,
       fulfilled_by uuid NOT NULL REFERENCES court_user,
       fulfilled_at text NOT NULL)`,
    appendOnly('fulfilment'),

    `CREATE TABLE case_file_grant (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       person text NOT NULL,
       documents jsonb NOT NULL,
       until text NOT NULL,
       granted_by uuid NOT NULL REFERENCES court_user,
       granted_at text NOT NULL,
       withdrawn_by uuid REFERENCES court_user,
       withdrawn_at text,
       reason text)`,
    `CREATE INDEX case_file_grant_filing ON case_file_grant (filing)`,
    `CREATE TABLE case_file_look (
       position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       grant_id uuid NOT NULL REFERENCES case_file_grant,
       sha256 text NOT NULL,
       at text NOT NULL)`,
    `CREATE INDEX case_file_look_last ON case_file_look (grant_id, sha256, position)`,
    appendOnly('case_file_look'),

    `CREATE TABLE survey (
       id uuid PRIMARY KEY,
       filing uuid NOT NULL REFERENCES filing,
       step text NOT NULL,
       question_set text NOT NULL,
       asked_at text NOT NULL,
       answers jsonb,
       answered_at text,
       CHECK ((answers IS NULL) = (answered_at IS NULL)))`,
    `CREATE INDEX survey_filing ON survey (filing)`,

    // originals are looked up by the beginning of their hash
    `CREATE INDEX act_hash ON act (sha256 text_pattern_ops)`,
    `CREATE INDEX filing_talon_hash ON filing (talon_sha256 text_pattern_ops) WHERE talon_sha256 IS NOT NULL`,
  ],
};
