import { parseCaseNumber } from '../../shared/domain/case-number.ts';
import type { CommandPayload } from '../../shared/registry/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { OutboxRow } from './outbox-row.ts';

type Claim = CommandPayload<'number.claim'>;
type Bound = Pick<Claim, 'series' | 'year' | 'typeIndex'> & { readonly sequence: number };

/**
 * Tells the registry which numbers of each block this desk has bound: it may have forgotten the block. They are sent before the registrations
 * that need them, and what was refused because a block or a lease was unknown goes again.
 */
export function claimNumbers(tx: Writing, by: { readonly actor: string; readonly at: string; readonly newId: () => string }): void {
  const { actor, at } = by;
  const bound = tx
    .all<Pick<OutboxRow, 'kind' | 'payload'>>(
      "SELECT kind, payload FROM outbox WHERE kind IN ('filing.register', 'number.void') AND last_code IS NOT 'withdrawn'",
    )
    .flatMap(boundBy);
  const blocks = tx.all<Claim & { id: string }>(
    `SELECT id, series, year, type_index AS typeIndex, first, last FROM number_block b
     WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'number.claim' AND subject = b.id AND state <> 'done')
     ORDER BY series, year, type_index, first`,
  );
  for (const { id, ...block } of blocks) {
    // they are bound one after the other
    const last = Math.max(0, ...bound.filter((number) => holds(block, number)).map(({ sequence }) => sequence));
    if (last === 0) continue;
    const payload: Claim = { ...block, last };
    tx.journal({ at, actor, action: 'numbers.claimed', subject: null, details: payload });
    tx.outbox({ id: by.newId(), subject: id, kind: 'number.claim', actor, at, uploads: [], payload });
  }
  tx.run(
    "UPDATE outbox SET state = 'waiting', next_attempt_at = NULL WHERE state = 'parked' AND (kind = 'number.claim' OR last_code IN ('number-not-leased', 'lease-missing'))",
  );
}

/** The claims that the registry has not answered yet. */
export const openClaims = (read: Reading): Claim[] =>
  read
    .all<{ payload: string }>(
      "SELECT payload FROM outbox WHERE kind = 'number.claim' AND state <> 'done' AND state IN ('waiting', 'sending')",
    )
    .map(({ payload }) => JSON.parse(payload) as Claim);

/** Whether what is to be sent has a number that one of the claims is about. */
export const awaitsClaim = (row: Pick<OutboxRow, 'kind' | 'payload'>, claims: readonly Claim[]): boolean =>
  claims.length > 0 && boundBy(row).some((number) => claims.some((claim) => holds(claim, number)));

const holds = (claim: Claim, { series, year, typeIndex, sequence }: Bound): boolean =>
  claim.series === series && claim.year === year && claim.typeIndex === typeIndex && claim.first <= sequence && sequence <= claim.last;

function boundBy({ kind, payload }: Pick<OutboxRow, 'kind' | 'payload'>): Bound[] {
  if (kind !== 'filing.register' && kind !== 'number.void') return [];
  const { incomingNumber, caseNumber } = JSON.parse(payload) as CommandPayload<'number.void'>;
  const [, year = '', sequence = ''] = incomingNumber.split('-');
  const number = caseNumber === null ? null : parseCaseNumber(caseNumber);
  return [
    { series: 'incoming', year, typeIndex: '', sequence: Number(sequence) },
    ...(number ? [{ series: 'case' as const, ...number }] : []),
  ];
}
