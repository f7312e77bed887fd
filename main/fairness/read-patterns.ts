import { courtDayOf } from '../../shared/domain/court-day.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import type { Party } from '../../shared/registry/index.ts';
import { partiesOf, recalledProposals } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Snapshot } from '../store/index.ts';
import { findPatterns, type Counted, type Pattern } from './find-patterns.ts';
import { readLedger, type LedgerSpan } from './read-ledger.ts';
import { readReturns } from './read-returns.ts';

type Override = {
  readonly filingId: string;
  readonly kind: string;
  readonly person: string | null;
  readonly byUser: string;
  readonly reason: string;
};

/** The unusual of a span by the rules that count on its first day. People and claimants are told apart by what they are, and called by their names. */
export async function readPatterns(
  read: Snapshot,
  reference: Reference,
  asked: { readonly span: LedgerSpan; readonly now: string },
): Promise<Pattern[]> {
  const { span } = asked;
  const { registered } = await readLedger(read, reference, asked);
  const returns = await readReturns(read, span);
  const overridden = doneBy(await read.gather<Done>('SELECT filing_id AS filingId, by_user AS byUser FROM finding_override'));
  const proposed = doneBy([
    ...(await read.gather<Done>('SELECT filing_id AS filingId, by_user AS byUser FROM proposal')),
    ...(await recalledProposals(read)).map(({ filingId, byUser }) => ({ filingId, byUser: byUser ?? '' })),
  ]);
  const idsOf = await readIds(
    read,
    [...registered, ...returns].map(({ filingId }) => filingId),
  );
  const overrides = await read.gather<Override>(
    `SELECT o.filing_id AS filingId, f.kind, u.name AS person, o.by_user AS byUser, trim(o.reason) AS reason
     FROM finding_override o JOIN filing f ON f.id = o.filing_id LEFT JOIN app_user u ON u.id = o.by_user
     WHERE o.at >= @from AND o.at < @until ORDER BY o.at, o.filing_id`,
    span,
  );
  return findPatterns(reference.fairnessOn(courtDayOf(span.from)).patterns, {
    registered: registered.map(({ outOfTurn, ...filing }): Counted => ({
      ...filing,
      reason: null,
      ids: idsOf(filing.filingId),
      has: {
        'out-of-turn': outOfTurn,
        overridden: overridden.get(filing.filingId) ?? false,
        'return-proposed': proposed.get(filing.filingId) ?? false,
      },
    })),
    overrides: overrides.map(({ byUser, ...row }): Counted => ({ ...row, claimant: null, ids: { person: byUser }, has: {} })),
    proposals: returns
      .filter((line) => line.proposed !== null && line.ruled !== null && line.ruled !== 'recalled')
      .map(({ filingId, kind, claimant, proposedBy, proposedById, proposed: decision, ruled }): Counted => ({
        ...{ filingId, kind, claimant, person: proposedBy, reason: null },
        ids: { ...idsOf(filingId), person: proposedById },
        has: { 'ruled-otherwise': decision !== ruled },
      })),
  });
}

type Done = { readonly filingId: string; readonly byUser: string };
function doneBy(all: readonly Done[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { filingId, byUser } of all) found.set(filingId, (found.get(filingId) ?? new Set()).add(byUser));
  return found;
}

/** Who registered a filing, and its claimant by BIN or IIN, or by the name where it has neither. */
async function readIds(read: Snapshot, filingIds: readonly string[]): Promise<(filingId: string) => NonNullable<Counted['ids']>> {
  const found = new Map<string, { person: string | null; claimant: string }>();
  const filings = read.pieces<{ id: string; person: string | null; claimant: string; parties: string | null }>(
    `SELECT id, registered_by AS person, claimant, message -> '$.parties' AS parties FROM filing WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(filingIds),
  );
  for await (const piece of filings)
    for (const { id, person, claimant, parties } of piece)
      found.set(id, { person, claimant: claimantId(claimant, JSON.parse(parties ?? '[]') as Party[]) });
  return (filingId) => found.get(filingId) ?? {};
}

function claimantId(name: string, parties: Party[]): string {
  const party = partiesOf({ parties }, 'claimant')[0] ?? parties[0];
  return party?.bin ?? party?.iin ?? fold(name);
}
