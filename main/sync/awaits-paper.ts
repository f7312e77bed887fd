import type { CommandPayload } from '../../shared/registry/index.ts';
import type { Reading } from '../store/index.ts';
import type { OutboxRow } from './outbox-row.ts';

/**
 * Whether what is to be sent is about a filing on paper that the registry does not have yet: it would not be found there. It waits, and so is never held
 * against the filing.
 */
export function awaitsPaper(read: Reading, row: Pick<OutboxRow, 'kind' | 'payload'>): boolean {
  const filings = filingsOf(row);
  return (
    filings.length > 0 &&
    read.get(
      `SELECT 1 FROM outbox WHERE state <> 'done' AND kind = 'filing.take-paper' AND subject IN (SELECT value FROM json_each(?))`,
      JSON.stringify(filings),
    ) !== undefined
  );
}

function filingsOf({ kind, payload }: Pick<OutboxRow, 'kind' | 'payload'>): string[] {
  if (kind !== 'filing.link' && kind !== 'filing.add-annexes') return [];
  const { filingId, otherId } = JSON.parse(payload) as CommandPayload<'filing.add-annexes'> & Partial<CommandPayload<'filing.link'>>;
  return otherId === undefined ? [filingId] : [filingId, otherId];
}
