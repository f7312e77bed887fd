import { decisionOf } from '../../shared/domain/decision.ts';
import type { DecisionMessage } from '../../shared/registry/index.ts';
import type { Reading, Writing } from '../store/index.ts';

export type KeptDecision = { readonly actId: string; readonly kind: string; readonly signedAt: string; readonly decision: DecisionMessage };

/** Keeps what a signed act decided on a filing and which terms it began, of this desk or of another one of the court. */
export function keepDecision(tx: Writing, filingId: string, { actId, kind, signedAt, decision }: KeptDecision): void {
  const { grounds, transferTo, terms } = decision;
  tx.run(
    `INSERT INTO filing_decision (filing_id, act_id, kind, signed_at, grounds, transfer_to, terms) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (filing_id, act_id) DO NOTHING`,
    ...[filingId, actId, kind, signedAt, JSON.stringify(grounds), transferTo && JSON.stringify(transferTo), JSON.stringify(terms)],
  );
}

type Row = { actId: string; kind: string; signedAt: string; grounds: string; transferTo: string | null; terms: string };

/** What was signed on a filing and holds, with the terms that began, the first one first; acts that were set aside began nothing. */
export function keptDecisions(read: Reading, filingId: string): KeptDecision[] {
  return read
    .all<Row>(
      `SELECT d.act_id AS actId, d.kind, d.signed_at AS signedAt, d.grounds, d.transfer_to AS transferTo, d.terms
       FROM filing_decision d LEFT JOIN act a ON a.id = d.act_id WHERE d.filing_id = ? AND a.set_aside_at IS NULL ORDER BY d.signed_at`,
      filingId,
    )
    .map(({ actId, kind, signedAt, ...row }) => ({
      ...{ actId, kind, signedAt },
      decision: {
        grounds: JSON.parse(row.grounds) as DecisionMessage['grounds'],
        transferTo: row.transferTo === null ? null : (JSON.parse(row.transferTo) as DecisionMessage['transferTo']),
        terms: JSON.parse(row.terms) as DecisionMessage['terms'],
      },
    }));
}

/** The ruling that holds of a filing now. */
export const decisionOnFiling = (read: Reading, filingId: string): KeptDecision | null =>
  keptDecisions(read, filingId).findLast(({ kind }) => decisionOf(kind) !== null) ?? null;
