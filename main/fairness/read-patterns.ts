import { courtDayOf } from '../../shared/domain/court-day.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import type { Party } from '../../shared/registry/index.ts';
import { partiesOf, recalledProposals } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
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
export function readPatterns(read: Reading, reference: Reference, asked: { readonly span: LedgerSpan; readonly now: string }): Pattern[] {
  const { span } = asked;
  const { registered } = readLedger(read, reference, asked);
  const returns = readReturns(read, span);
  const overridden = doneBy(read.all<Done>('SELECT DISTINCT filing_id AS filingId, by_user AS byUser FROM finding_override'));
  const proposed = doneBy([
    ...read.all<Done>('SELECT filing_id AS filingId, by_user AS byUser FROM proposal'),
    ...recalledProposals(read).map(({ filingId, byUser }) => ({ filingId, byUser: byUser ?? '' })),
  ]);
  const idsOf = readIds(
    read,
    [...registered, ...returns].map(({ filingId }) => filingId),
  );
  const overrides = read.all<Override>(
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
function readIds(read: Reading, filingIds: readonly string[]): (filingId: string) => NonNullable<Counted['ids']> {
  const found = new Map(
    read
      .all<{ id: string; person: string | null; claimant: string; parties: string | null }>(
        `SELECT id, registered_by AS person, claimant, message -> '$.parties' AS parties FROM filing WHERE id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(filingIds),
      )
      .map(({ id, person, claimant, parties }) => [id, { person, claimant: claimantId(claimant, JSON.parse(parties ?? '[]') as Party[]) }]),
  );
  return (filingId) => found.get(filingId) ?? {};
}

function claimantId(name: string, parties: Party[]): string {
  const party = partiesOf({ parties }, 'claimant')[0] ?? parties[0];
  return party?.bin ?? party?.iin ?? fold(name);
}
