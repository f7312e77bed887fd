import { COURT_POLICY } from '../../../shared/domain/court-policy.ts';
import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** What administrators and the operator changed of people, workstations and courts, and codes for one workstation each. */
export const administration: Migration = {
  number: 300,
  name: 'administration',
  statements: [
    `CREATE TABLE administration_entry (
       id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       at text NOT NULL,
       by_user uuid REFERENCES court_user,
       workstation uuid REFERENCES workstation,
       action text NOT NULL,
       subject text NOT NULL,
       before jsonb,
       after jsonb)`,
    appendOnly('administration_entry'),
    `CREATE TABLE enrolment_invitation (
       id uuid PRIMARY KEY,
       court text NOT NULL REFERENCES court,
       name text NOT NULL,
       code_sha256 text NOT NULL UNIQUE CHECK (code_sha256 ~ '^[0-9a-f]{64}$'),
       made_by uuid NOT NULL REFERENCES court_user,
       until text NOT NULL,
       used_by uuid REFERENCES workstation)`,
    `ALTER TABLE court ADD COLUMN offline_sign_in_days integer NOT NULL DEFAULT ${COURT_POLICY.offlineSignInDays},
       ADD COLUMN idle_lock_minutes integer NOT NULL DEFAULT ${COURT_POLICY.idleLockMinutes}`,
  ],
};
