import type { OverrideRow } from '../../shared/contract/index.ts';
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

/** Filings that wait for the head: something grave was found, and nobody who may has said a word. */
export function readForHead(
  read: Reading,
): { filingId: string; number: string; claimant: string; kind: string; rules: string[]; receivedAt: string }[] {
  return read
    .all<{ filingId: string; number: string; claimant: string; kind: string; rules: string; receivedAt: string }>(
      `SELECT f.id AS filingId, coalesce(f.cabinet_number, '') AS number, f.claimant, f.kind, json_group_array(a.rule) AS rules, f.received_at AS receivedAt
       FROM anomaly a JOIN filing f ON f.id = a.filing_id
       WHERE a.severity = 'fatal' AND f.state IN ('received','checking')
         AND NOT EXISTS (SELECT 1 FROM finding_override o WHERE o.filing_id = a.filing_id AND o.rule = a.rule)
       GROUP BY f.id ORDER BY f.received_at, f.id LIMIT ${MOST}`,
    )
    .map((row) => ({ ...row, rules: [...new Set(JSON.parse(row.rules) as string[])] }));
}
