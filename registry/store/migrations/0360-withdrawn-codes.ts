import type { Migration } from '../migrate.ts';

/** A code for a workstation that its administrator took back before anybody used it. */
export const withdrawnCodes: Migration = {
  number: 360,
  name: 'withdrawn-codes',
  statements: ['ALTER TABLE enrolment_invitation ADD COLUMN withdrawn_at text'],
};
