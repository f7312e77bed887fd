import type { Migration } from '../migrate.ts';

/** The person who registered a filing. For filings from before it is the actor of the command that was answered with it. */
export const registeredBy: Migration = {
  number: 370,
  name: 'registered-by',
  statements: [
    `ALTER TABLE filing ADD COLUMN registered_by uuid REFERENCES court_user`,
    `UPDATE filing SET registered_by = u.id FROM applied_command c JOIN court_user u ON u.id = c.actor
     WHERE c.kind = 'filing.register' AND c.answer -> 'filing' ->> 'id' = filing.id::text AND filing.incoming_number IS NOT NULL`,
  ],
};
