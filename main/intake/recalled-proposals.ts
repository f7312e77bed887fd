import { proposalRecallMessageSchema, type FeedItem } from '../../shared/registry/index.ts';
import { RULING_KINDS } from '../../shared/domain/decision.ts';
import type { Reading, Snapshot, Writing } from '../store/index.ts';
import { forgetDraft } from './forget-draft.ts';

export type KeptRecall = {
  readonly id: string;
  readonly decision: 'return' | 'refuse' | 'transfer' | null;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly confirmed: boolean;
};

const RULINGS = RULING_KINDS.map((kind) => `'${kind}'`).join(', ');

/** What a judge has begun on a filing is the judge's own; the office takes back only what it drafted. */
const OF_THE_OFFICE = `SELECT a.id FROM act a JOIN filing f ON f.id = a.filing_id
  WHERE a.filing_id = ? AND a.state = 'draft' AND a.kind IN (${RULINGS})
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

export type RecalledProposal = {
  readonly filingId: string;
  readonly decision: 'return' | 'refuse' | 'transfer';
  /** Null: the desk at which it was taken back did not say who had proposed it. */
  readonly byUser: string | null;
  readonly at: string;
  readonly recalledAt: string;
};

/** What was proposed to a judge and taken back before a ruling, oldest first, as far as this desk had it. */
export function recalledProposals(read: Snapshot): Promise<RecalledProposal[]> {
  return read.gather<RecalledProposal>(
    `SELECT r.filing_id AS filingId, r.proposed ->> '$.decision' AS decision, r.proposed ->> '$.proposal.byUser' AS byUser,
       r.proposed ->> '$.proposal.at' AS at, r.recalled_at AS recalledAt
     FROM proposal_recall r WHERE r.proposed ->> '$.proposal.at' IS NOT NULL AND ${HOLDS} ORDER BY r.recalled_at, r.id`,
  );
}

/** What nothing is drafted on by itself any more: the office has taken back what it proposed, and proposed nothing since. */
export const RECALLED = `filing.flagged = 0 AND EXISTS (SELECT 1 FROM proposal_recall r WHERE r.filing_id = filing.id AND ${HOLDS})`;

type Proposed = {
  readonly decision: 'return' | 'refuse' | 'transfer';
  readonly proposal: {
    readonly decision: 'return' | 'refuse' | 'transfer';
    readonly grounds: unknown;
    readonly transferTo: unknown;
    readonly notice: { readonly kk: string; readonly ru: string };
    readonly at: string;
    readonly byUser?: string;
  } | null;
  readonly defects: readonly { readonly code: string; readonly note: string | null; readonly places?: unknown }[];
};
type ProposalRow = {
  decision: Proposed['decision'];
  grounds: string;
  transfer_to: string | null;
  notice_kk: string;
  notice_ru: string;
  by_user: string;
  at: string;
};

/** What is proposed on a filing, whole; null when nothing is. */
function proposedOn(read: Reading, filingId: string): Proposed | null {
  const row = read.get<ProposalRow>('SELECT * FROM proposal WHERE filing_id = ?', filingId);
  const defects = read
    .all<{ code: string; note: string | null; places: string }>(
      'SELECT code, note, places FROM defect WHERE filing_id = ? ORDER BY code',
      filingId,
    )
    .map(({ places, ...defect }) => ({ ...defect, places: JSON.parse(places) as unknown }));
  if (!row) return defects.length > 0 ? { decision: 'return', proposal: null, defects } : null;
  const { decision, at } = row;
  const proposal = {
    ...{ decision, at, byUser: row.by_user, grounds: JSON.parse(row.grounds) as unknown },
    transferTo: row.transfer_to === null ? null : (JSON.parse(row.transfer_to) as unknown),
    notice: { kk: row.notice_kk, ru: row.notice_ru },
  };
  return { decision, proposal, defects };
}

/**
 * Takes away the proposal and the ruling drafted on it, as far as the judge has not made it an own one. Answers the act that is gone and what was
 * proposed, for the record of the recall.
 */
export function withdrawProposal(tx: Writing, filingId: string): { actId: string | null; proposed: Proposed | null } {
  const proposed = proposedOn(tx, filingId);
  const actId = tx.get<{ id: string }>(OF_THE_OFFICE, filingId)?.id ?? null;
  if (actId !== null) forgetDraft(tx, actId);
  tx.run('DELETE FROM proposal WHERE filing_id = ?', filingId);
  tx.run('DELETE FROM defect WHERE filing_id = ?', filingId);
  tx.run('UPDATE filing SET flagged = 0, revision = revision + 1 WHERE id = ?', filingId);
  return { actId, proposed };
}

/** A recall that is not told any more leaves what was proposed as it was; the ruling is drafted on it again. */
export function restoreProposal(tx: Writing, filingId: string): void {
  const row = tx.get<{ proposed: string; by_user: string }>(
    `SELECT r.proposed, r.by_user FROM proposal_recall r WHERE r.filing_id = ? AND r.proposed IS NOT NULL AND NOT (${HOLDS})
     ORDER BY r.recalled_at DESC, r.id DESC LIMIT 1`,
    filingId,
  );
  if (!row) return;
  const { proposal, defects } = JSON.parse(row.proposed) as Proposed;
  if (proposal) {
    const { decision, grounds, transferTo, notice, at, byUser } = proposal;
    tx.run(
      `INSERT INTO proposal (filing_id, decision, grounds, transfer_to, notice_kk, notice_ru, by_user, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      ...[filingId, decision, JSON.stringify(grounds), transferTo === null ? null : JSON.stringify(transferTo)],
      ...[notice.kk, notice.ru, byUser ?? row.by_user, at],
    );
  }
  for (const { code, note, places } of defects)
    tx.run(
      'INSERT INTO defect (filing_id, code, note, places) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ...[filingId, code, note, JSON.stringify(places ?? [])],
    );
  tx.run('UPDATE filing SET flagged = 1, revision = revision + 1 WHERE id = ?', filingId);
}

export const isOfRecalls = (kind: string): boolean => kind === 'filing.proposal-recalled';

/** Takes over that another desk has taken a proposal back; an own one is confirmed. */
export function applyRecallItem(tx: Writing, item: FeedItem, at: string): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  const parsed = proposalRecallMessageSchema.safeParse(item.data);
  if (!parsed.success) return { deferred: 'malformed' };
  const { recallId, filingId, reason, by, recalledAt } = parsed.data;
  if (tx.run('UPDATE proposal_recall SET command = NULL WHERE id = ?', recallId) > 0) return 'applied';
  const { actId, proposed } = isDecided(tx, filingId) ? { actId: null, proposed: null } : withdrawProposal(tx, filingId);
  tx.run(
    'INSERT INTO proposal_recall (id, filing_id, proposed, reason, by_user, recalled_at) VALUES (?, ?, ?, ?, ?, ?)',
    ...[recallId, filingId, proposed && JSON.stringify(proposed), reason, by, recalledAt],
  );
  const details = { elsewhere: 1, reason, ...(actId === null ? {} : { act: actId }) };
  tx.journal({ at, actor: by, action: 'proposal.recalled', subject: filingId, details });
  return 'applied';
}

/** Signed here before the recall came: what it was decided on stays. */
const isDecided = (read: Reading, filingId: string): boolean =>
  read.get(
    `SELECT 1 FROM filing f WHERE f.id = ? AND (f.state NOT IN ('registered','with-judge') OR EXISTS (
       SELECT 1 FROM act a WHERE a.filing_id = f.id AND a.state <> 'draft' AND a.set_aside_at IS NULL
         AND a.kind IN (${RULINGS})))`,
    filingId,
  ) !== undefined;
