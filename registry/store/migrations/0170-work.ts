import type { Migration } from '../migrate.ts';

/** Who works on a filing, who said so last, and until when it is put off. */
export const work: Migration = {
  number: 170,
  name: 'work',
  statements: [
    `ALTER TABLE filing ADD COLUMN assignee uuid REFERENCES court_user, ADD COLUMN assigned_by uuid REFERENCES court_user,
       ADD COLUMN postponed_until text, ADD COLUMN postpone_reason text`,
  ],
};
