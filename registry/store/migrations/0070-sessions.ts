import type { Migration } from '../migrate.ts';

/** Who has signed in where, with the signed mandate as it came, and which session vouched for each command. */
export const sessions: Migration = {
  number: 70,
  name: 'sessions',
  statements: [
    `CREATE TABLE sign_in_challenge (
       nonce text PRIMARY KEY,
       workstation uuid NOT NULL REFERENCES workstation,
       until text NOT NULL)`,
    `CREATE INDEX sign_in_challenge_workstation ON sign_in_challenge (workstation)`,
    `CREATE TABLE user_session (
       id text PRIMARY KEY,
       workstation uuid NOT NULL REFERENCES workstation,
       court_user uuid NOT NULL REFERENCES court_user,
       not_before text NOT NULL,
       not_after text NOT NULL,
       nonce text NOT NULL,
       online boolean NOT NULL,
       certificate text NOT NULL,
       signature text NOT NULL,
       handed_in_at text NOT NULL,
       ended_at text,
       revoked_at text)`,
    `CREATE INDEX user_session_user ON user_session (court_user) WHERE revoked_at IS NULL`,
    `CREATE INDEX user_session_workstation ON user_session (workstation) WHERE revoked_at IS NULL`,
    `ALTER TABLE applied_command ADD COLUMN session text, ADD COLUMN confirmed_at text, ADD COLUMN proof text`,
    // NULL for filings registered before; the talon of such a one may come from any desk of the court
    `ALTER TABLE filing ADD COLUMN registered_by_workstation uuid REFERENCES workstation`,
  ],
};
