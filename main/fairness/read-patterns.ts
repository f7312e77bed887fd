import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { findPatterns, type Counted, type Pattern } from './find-patterns.ts';
import { readLedger, type LedgerSpan } from './read-ledger.ts';
import { readReturns } from './read-returns.ts';

type OverrideRow = { readonly filingId: string; readonly kind: string; readonly person: string | null; readonly reason: string };

/** The unusual of a span by the rules that count on its first day. */
export function readPatterns(read: Reading, reference: Reference, asked: { readonly span: LedgerSpan; readonly now: string }): Pattern[] {
  const { span } = asked;
  const { registered } = readLedger(read, reference, asked);
  const returns = readReturns(read, span);
  const overridden = idsOf(read, 'SELECT DISTINCT filing_id AS id FROM finding_override');
  const proposed = idsOf(read, 'SELECT filing_id AS id FROM proposal');
  const overrides = read.all<OverrideRow>(
    `SELECT o.filing_id AS filingId, f.kind, u.name AS person, trim(o.reason) AS reason
     FROM finding_override o JOIN filing f ON f.id = o.filing_id LEFT JOIN app_user u ON u.id = o.by_user
     WHERE o.at >= @from AND o.at < @until ORDER BY o.at, o.filing_id`,
    span,
  );
  return findPatterns(reference.fairnessOn(courtDayOf(span.from)).patterns, {
    registered: registered.map(({ outOfTurn, ...filing }): Counted => ({
      ...filing,
      reason: null,
      has: { 'out-of-turn': outOfTurn, overridden: overridden.has(filing.filingId), 'return-proposed': proposed.has(filing.filingId) },
    })),
    overrides: overrides.map((row): Counted => ({ ...row, claimant: null, has: {} })),
    proposals: returns
      .filter((line) => line.proposed !== null && line.ruled !== null)
      .map(({ filingId, kind, claimant, proposedBy, proposed, ruled }): Counted => ({
        ...{ filingId, kind, claimant, person: proposedBy, reason: null },
        has: { 'ruled-otherwise': proposed !== ruled },
      })),
  });
}

const idsOf = (read: Reading, sql: string): ReadonlySet<string> => new Set(read.all<{ id: string }>(sql).map(({ id }) => id));
