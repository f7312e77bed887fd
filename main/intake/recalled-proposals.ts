import { proposalRecallMessageSchema, type FeedItem } from '../../shared/registry/index.ts';
import { RULING_KINDS } from '../../shared/domain/decision.ts';
import type { Reading, Writing } from '../store/index.ts';

export type KeptRecall = {
  readonly id: string;
  readonly decision: 'return' | 'refuse' | 'transfer' | null;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly confirmed: boolean;
};

/** What a judge has begun on a filing is the judge's own; the office takes back only what it drafted. */
const OF_THE_OFFICE = `SELECT a.id FROM act a JOIN filing f ON f.id = a.filing_id
  WHERE a.filing_id = ? AND a.state = 'draft' AND a.kind IN (${RULING_KINDS.map((kind) => `'${kind}'`).join(', ')})
    AND NOT EXISTS (SELECT 1 FROM act_version v WHERE v.act_id = a.id AND v.made_by = f.judge_id)`;

/** A recall that a person took back before the registry had it is none. */
const HOLDS = `NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.command AND o.state = 'done' AND o.last_code = 'withdrawn')`;

/** The last proposal on a filing that was taken back; null when there is none. */
export function lastRecall(read: Reading, filingId: string): KeptRecall | null {
  const row = read.get<{ id: string; proposed: string | null; reason: string; by: string; at: string; command: string | null }>(
    `SELECT r.id, r.proposed, r.reason, coalesce(u.name, r.by_user) AS by, r.recalled_at AS at, r.command FROM proposal_recall r
     LEFT JOIN app_user u ON u.id = r.by_user WHERE r.filing_id = ? AND ${HOLDS} ORDER BY r.recalled_at DESC, r.id DESC LIMIT 1`,
    filingId,
  );
  if (!row) return null;
  const { id, proposed, reason, by, at, command } = row;
  const decision = proposed === null ? null : (JSON.parse(proposed) as Pick<KeptRecall, 'decision'>).decision;
  return { id, decision, reason, by, at, confirmed: command === null };
}

/** What nothing is drafted on by itself any more: the office has taken back what it proposed, and proposed nothing since. */
export const RECALLED = `filing.flagged = 0 AND EXISTS (SELECT 1 FROM proposal_recall r WHERE r.filing_id = filing.id AND ${HOLDS})`;

/** Takes away the proposal and the ruling drafted on it, as far as the judge has not made it an own one. Answers the act that is gone. */
export function withdrawProposal(tx: Writing, filingId: string): { actId: string | null } {
  const actId = tx.get<{ id: string }>(OF_THE_OFFICE, filingId)?.id ?? null;
  if (actId !== null) {
    tx.run('DELETE FROM form_draft WHERE form IN (?, ?)', `text:${actId}`, `reply:${actId}`);
    tx.run('DELETE FROM act WHERE id = ?', actId);
  }
  tx.run('DELETE FROM proposal WHERE filing_id = ?', filingId);
  tx.run('DELETE FROM defect WHERE filing_id = ?', filingId);
  tx.run('UPDATE filing SET flagged = 0, revision = revision + 1 WHERE id = ?', filingId);
  return { actId };
}

export const isOfRecalls = (kind: string): boolean => kind === 'filing.proposal-recalled';

/** Takes over that another desk has taken a proposal back; an own one is confirmed. */
export function applyRecallItem(tx: Writing, item: FeedItem, at: string): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  const parsed = proposalRecallMessageSchema.safeParse(item.data);
  if (!parsed.success) return { deferred: 'malformed' };
  const { recallId, filingId, reason, by, recalledAt } = parsed.data;
  if (tx.run('UPDATE proposal_recall SET command = NULL WHERE id = ?', recallId) > 0) return 'applied';
  const proposed = tx.get<{ decision: string }>('SELECT decision FROM proposal WHERE filing_id = ?', filingId);
  tx.run(
    'INSERT INTO proposal_recall (id, filing_id, proposed, reason, by_user, recalled_at) VALUES (?, ?, ?, ?, ?, ?)',
    ...[recallId, filingId, proposed ? JSON.stringify({ decision: proposed.decision }) : null, reason, by, recalledAt],
  );
  const { actId } = withdrawProposal(tx, filingId);
  const details = { elsewhere: 1, reason, ...(actId === null ? {} : { act: actId }) };
  tx.journal({ at, actor: by, action: 'proposal.recalled', subject: filingId, details });
  return 'applied';
}
