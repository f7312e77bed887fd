import type { OverrideRow, Overrides } from '../../shared/contract/index.ts';
import { findingId } from '../checking/index.ts';
import type { Reading } from '../store/index.ts';

const MOST = 500;

/** What people of the court went on in spite of, the newest first, at whichever desk they did. @param since UTC ISO; null: from the beginning */
export function readOverrides(read: Reading, since: string | null): OverrideRow[] {
  return read
    .all<Omit<OverrideRow, 'registered'> & { readonly registered: number }>(
      `SELECT o.filing_id AS filingId, coalesce(f.incoming_number, f.cabinet_number, '') AS number, f.claimant, f.kind, o.finding, o.rule, o.severity,
       coalesce(u.name, '') AS "by", o.at, o.reason, f.registered_at IS NOT NULL AS registered
     FROM finding_override o JOIN filing f ON f.id = o.filing_id LEFT JOIN app_user u ON u.id = o.by_user
     WHERE ? IS NULL OR o.at >= ? ORDER BY o.at DESC, o.filing_id LIMIT ${MOST}`,
      since,
      since,
    )
    .map((row) => ({ ...row, registered: row.registered === 1 }));
}

type ForHead = {
  readonly filingId: string;
  readonly number: string;
  readonly claimant: string;
  readonly kind: string;
  readonly rules: string[];
  readonly receivedAt: string;
};
type GraveRow = Omit<ForHead, 'rules'> & {
  readonly rule: string;
  readonly field: string | null;
  readonly related_id: string | null;
  readonly position: number | null;
};

/** Filings that wait for the head: something grave was found, and nobody who may has said a word on that very thing. */
export function readForHead(read: Reading): ForHead[] {
  const answered = new Set(
    read
      .all<{ filing_id: string; finding: string }>(
        `SELECT o.filing_id, o.finding FROM finding_override o JOIN filing f ON f.id = o.filing_id WHERE o.severity = 'fatal' AND f.state IN ('received','checking')`,
      )
      .map((row) => `${row.filing_id} ${row.finding}`),
  );
  const waiting = new Map<string, ForHead>();
  for (const { rule, field, related_id: relatedId, position, ...filing } of read.all<GraveRow>(
    `SELECT f.id AS filingId, coalesce(f.cabinet_number, '') AS number, f.claimant, f.kind, f.received_at AS receivedAt, a.rule, a.field, a.related_id, d.position
     FROM anomaly a JOIN filing f ON f.id = a.filing_id LEFT JOIN document d ON d.id = a.document_id
     WHERE a.severity = 'fatal' AND f.state IN ('received','checking') ORDER BY f.received_at, f.id`,
  )) {
    if (answered.has(`${filing.filingId} ${findingId({ rule, position, field, relatedId })}`)) continue;
    const { rules } = waiting.get(filing.filingId) ?? { rules: [] };
    waiting.set(filing.filingId, { ...filing, rules: [...new Set([...rules, rule])] });
  }
  return [...waiting.values()];
}

/** Both as far as a screen shows them: the waiting ones that came first, the newest words, and how many there are of each. */
export function listOverrides(read: Reading): Overrides {
  const [waiting, overrides] = [readForHead(read), readOverrides(read, null)];
  const all = read.get<{ n: number }>('SELECT count(*) AS n FROM finding_override o JOIN filing f ON f.id = o.filing_id')!.n;
  return { waiting: waiting.slice(0, MOST), overrides, total: { waiting: waiting.length, overrides: all } };
}
