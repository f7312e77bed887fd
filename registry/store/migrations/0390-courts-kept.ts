import type { Migration } from '../migrate.ts';

/** Since when a court takes nothing more, and when somebody named it otherwise than the operator's list, which then says nothing of its name. */
export const courtsKept: Migration = {
  number: 390,
  name: 'courts-kept',
  statements: [`ALTER TABLE court ADD COLUMN revoked_at text, ADD COLUMN named_at text`],
};
