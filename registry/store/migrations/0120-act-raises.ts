import type { Migration } from '../migrate.ts';
import { appendOnly } from './append-only.ts';

/** Acts whose signature was raised to a higher level: what each version was before stays on record, and its bytes are the beginning of the next. */
export const actRaises: Migration = {
  number: 120,
  name: 'act-raises',
  statements: [
    `CREATE TABLE act_raise (
       act uuid NOT NULL REFERENCES act,
       was text NOT NULL REFERENCES document,
       now text NOT NULL REFERENCES document,
       was_level text NOT NULL,
       level text NOT NULL,
       workstation uuid NOT NULL REFERENCES workstation,
       at text NOT NULL,
       PRIMARY KEY (act, was))`,
    `CREATE INDEX act_raise_was ON act_raise (was text_pattern_ops)`,
    appendOnly('act_raise'),
  ],
};
