import type { Migration } from '../migrate.ts';

/** The administration journal is read court by court, newest first. */
export const administrationRead: Migration = {
  number: 400,
  name: 'administration-read',
  statements: ['CREATE INDEX administration_entry_of_court ON administration_entry (court, id)'],
};
