import type { CommandPayload } from '../../shared/registry/index.ts';
import type { Reading } from '../store/index.ts';
import type { OutboxRow } from './outbox-row.ts';

/** What goes under a subject of its own, and what has to be at the registry before it. */
const AHEAD: Readonly<Record<string, readonly string[]>> = {
  'filing.link': ['filing.take-paper'],
  'filing.add-annexes': ['filing.take-paper'],
  'fact.correct': ['filing.take-paper', 'filing.register'],
};

/**
 * Whether what is to be sent is about a filing on paper, or about a registration, that the registry does not have yet: it would not be found there. It
 * waits, and so is never held against the filing.
 */
export function awaitsFiling(read: Reading, { position, kind, payload }: Pick<OutboxRow, 'position' | 'kind' | 'payload'>): boolean {
  const ahead = AHEAD[kind];
  if (ahead === undefined) return false;
  const { filingId, otherId } = JSON.parse(payload) as CommandPayload<'filing.add-annexes'> & Partial<CommandPayload<'filing.link'>>;
  return (
    read.get(
      `SELECT 1 FROM outbox WHERE state <> 'done' AND +position < ? AND kind IN (SELECT value FROM json_each(?))
       AND subject IN (SELECT value FROM json_each(?))`,
      position,
      JSON.stringify(ahead),
      JSON.stringify(otherId === undefined ? [filingId] : [filingId, otherId]),
    ) !== undefined
  );
}
