import type { Migration } from '../migrate.ts';

/** Which version each workstation last said it has. */
export const deskVersion: Migration = {
  number: 80,
  name: 'desk version',
  statements: [`ALTER TABLE workstation ADD COLUMN version text`],
};
