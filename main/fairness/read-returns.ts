import { decisionOf, type Decision } from '../../shared/domain/decision.ts';
import { signedInPieces } from '../dispatch/index.ts';
import { recalledProposals } from '../intake/index.ts';
import type { Snapshot } from '../store/index.ts';
import type { LedgerSpan } from './read-ledger.ts';

/** What the office proposed to the judge beside what he ruled; either may be missing. */
export type ReturnLine = {
  readonly filingId: string;
  readonly number: string;
  readonly kind: string;
  readonly claimant: string;
  readonly proposed: Decision | null;
  readonly proposedBy: string | null;
  readonly proposedById: string | null;
  readonly proposedAt: string | null;
  /** `recalled`: the office took its proposal back before a ruling; `ruledAt` says when. */
  readonly ruled: Decision | 'recalled' | null;
  readonly judge: string | null;
  readonly ruledAt: string | null;
};
type Row = Omit<ReturnLine, 'ruled' | 'judge' | 'ruledAt'>;
type Filing = Pick<ReturnLine, 'filingId' | 'number' | 'kind' | 'claimant'>;

/** After every ruling that follows a proposal. */
const END_OF_TIME = '9999';

/**
 * Returns, refusals and transfers that were proposed or ruled in a span, oldest first; a ruling of acceptance stands where one was proposed, and
 * what was proposed and taken back stands beside what was proposed after it. */
export async function readReturns(read: Snapshot, { from, until }: LedgerSpan): Promise<ReturnLine[]> {
  const rulings = new Map<string, { id: string; ruled: Decision; judge: string | null; ruledAt: string }>();
  for await (const piece of signedInPieces(read, from, END_OF_TIME))
    for (const { id, filingId, kind, signedAt: ruledAt, signedBy: judge } of piece) {
      const ruled = decisionOf(kind);
      const known = rulings.get(filingId);
      if (ruled === null || (known && `${known.ruledAt} ${known.id}` > `${ruledAt} ${id}`)) continue;
      rulings.set(filingId, { id, ruled, judge, ruledAt });
    }
  const ruledHere = [...rulings].filter(([, { ruled, ruledAt }]) => ruled !== 'accept' && ruledAt < until).map(([filingId]) => filingId);
  const rows = await read.gather<Row>(
    `SELECT f.id AS filingId, coalesce(f.incoming_number, f.cabinet_number, '') AS number, f.kind, f.claimant,
       p.decision AS proposed, u.name AS proposedBy, p.by_user AS proposedById, p.at AS proposedAt
     FROM filing f LEFT JOIN proposal p ON p.filing_id = f.id LEFT JOIN app_user u ON u.id = p.by_user
     WHERE (p.at >= ? AND p.at < ?) OR f.id IN (SELECT value FROM json_each(?))`,
    from,
    until,
    JSON.stringify(ruledHere),
  );
  const recalled = await readRecalled(read, { from, until });
  return rows
    .map((row): ReturnLine => {
      const { ruled = null, judge = null, ruledAt = null } = rulings.get(row.filingId) ?? {};
      return { ...row, ruled, judge, ruledAt };
    })
    .concat(recalled)
    .sort((a, b) => (momentOf(a) < momentOf(b) ? -1 : 1));
}

async function readRecalled(read: Snapshot, { from, until }: LedgerSpan): Promise<ReturnLine[]> {
  const recalled = (await recalledProposals(read)).filter(({ at }) => at >= from && at < until);
  const found = await read.gather<Filing>(
    `SELECT id AS filingId, coalesce(incoming_number, cabinet_number, '') AS number, kind, claimant FROM filing
     WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(recalled.map(({ filingId }) => filingId)),
  );
  const filings = new Map(found.map((filing) => [filing.filingId, filing]));
  const names = new Map(read.all<{ id: string; name: string }>('SELECT id, name FROM app_user').map(({ id, name }) => [id, name]));
  return recalled.flatMap(({ filingId, decision, byUser, at, recalledAt }): ReturnLine[] => {
    const filing = filings.get(filingId);
    if (!filing) return [];
    const by = { proposedBy: names.get(byUser ?? '') ?? null, proposedById: byUser };
    return [{ ...filing, proposed: decision, ...by, proposedAt: at, ruled: 'recalled', judge: null, ruledAt: recalledAt }];
  });
}

const momentOf = ({ proposedAt, ruledAt, filingId }: ReturnLine): string => `${proposedAt ?? ruledAt ?? ''} ${filingId}`;
