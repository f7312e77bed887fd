import type { Migration } from '../migrate.ts';

/**
 * The workstation that issued an act; nobody else raises its signature. For acts from before it is the one whose command was the first to be
 * answered with the act.
 */
export const actWorkstation: Migration = {
  number: 220,
  name: 'act-workstation',
  statements: [
    `ALTER TABLE act ADD COLUMN workstation uuid REFERENCES workstation`,
    `UPDATE act SET workstation = issued.workstation FROM (
       SELECT DISTINCT ON (one.act) one.act, c.workstation
       FROM applied_command c
       CROSS JOIN LATERAL (SELECT (listed ->> 'id')::uuid AS act FROM jsonb_array_elements(c.answer -> 'filing' -> 'acts') listed) one
       WHERE c.kind = 'act.issue'
       ORDER BY one.act, c.applied_at, jsonb_array_length(c.answer -> 'filing' -> 'acts')) issued
     WHERE issued.act = act.id`,
  ],
};
