import type { Migration } from '../migrate.ts';

/** Absences, norms and the rules of sharing, as the head of office has laid them down; and what sharing counts. */
export const workPlan: Migration = {
  number: 270,
  name: 'work-plan',
  statements: [
    `CREATE TABLE absence (
       court text NOT NULL REFERENCES court, id uuid NOT NULL, court_user uuid NOT NULL REFERENCES court_user, from_day text NOT NULL, until_day text NOT NULL,
       kind text NOT NULL, covered_by uuid REFERENCES court_user, withdrawn boolean NOT NULL, PRIMARY KEY (court, id), CHECK (from_day <= until_day))`,
    // who '' is everybody who has none of his own
    'CREATE TABLE work_norm (court text NOT NULL REFERENCES court, who text NOT NULL, norm integer NOT NULL CHECK (norm >= 0), PRIMARY KEY (court, who))',
    'CREATE TABLE share_rules (court text PRIMARY KEY REFERENCES court, rules jsonb NOT NULL, set_by uuid NOT NULL REFERENCES court_user)',
    'CREATE INDEX filing_load ON filing (court, assignee) WHERE incoming_number IS NULL',
  ],
};
