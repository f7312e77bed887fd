import { courtDayOf, courtDaysLeft } from '../../shared/domain/court-day.ts';
import type { ActSummary } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading, Store } from '../store/index.ts';
import type { Reference } from '../reference/index.ts';

export type ActRecord = {
  readonly id: string;
  readonly filingId: string;
  /** Whose it is to read and sign. */
  readonly judgeId: string | null;
  readonly kind: string;
  readonly title: string | null;
  readonly language: ActSummary['language'];
  readonly state: ActSummary['state'];
  readonly draftSha256: string;
  readonly reviewedSha256: string | null;
  /** Who has read it; what one judge has read is not read for another. */
  readonly reviewedBy: string | null;
  /** It waits for the office and cannot be signed. */
  readonly sentBack: boolean;
  /** The judge has it, or had it; before that the office prepares it. */
  readonly handed: boolean;
  readonly revision: number;
};

export function readAct(read: Reading, id: string): ActRecord | null {
  const row = read.get<Omit<ActRecord, 'sentBack' | 'handed'> & { sentBack: number; handed: number }>(
    `SELECT a.id, a.filing_id AS filingId, coalesce(a.judge_id, f.judge_id) AS judgeId, a.kind, a.title, a.language, a.state, a.draft_sha256 AS draftSha256,
            a.reviewed_sha256 AS reviewedSha256, a.reviewed_by AS reviewedBy, a.sent_back_at IS NOT NULL AS sentBack,
            a.handed_at IS NOT NULL AS handed, a.revision
     FROM act a JOIN filing f ON f.id = a.filing_id WHERE a.id = ?`,
    id,
  );
  return row ? { ...row, sentBack: row.sentBack === 1, handed: row.handed === 1 } : null;
}

type Row = Omit<ActSummary, 'reviewed' | 'changedSinceReview' | 'courtDaysLeft' | 'sha256' | 'setAside' | 'sentBack' | 'preparing'> & {
  setAside: number;
  sentBack: number;
  preparing: number;
  draftSha256: string;
  reviewedSha256: string | null;
  reviewedBy: string | null;
  judgeId: string | null;
  signedSha256: string | null;
};

const SELECT = `SELECT a.id, a.filing_id AS filingId, a.kind, a.title, a.state, coalesce(f.case_number, f.joins_case) AS caseNumber, f.incoming_number AS incomingNumber,
  f.claimant, f.respondent, coalesce(p.name, '') AS preparedBy, a.prepared_at AS preparedAt, a.draft_sha256 AS draftSha256, a.reviewed_sha256 AS reviewedSha256,
  a.reviewed_by AS reviewedBy, coalesce(a.judge_id, f.judge_id) AS judgeId, a.signed_sha256 AS signedSha256, f.due_at AS dueAt, a.signed_at AS signedAt, s.name AS signedBy, a.level,
  (SELECT r.target FROM act_raise r WHERE r.act_id = a.id AND r.next_at IS NOT NULL) AS raiseTo, a.set_aside_at IS NOT NULL AS setAside, a.sent_back_at IS NOT NULL AS sentBack, a.handed_at IS NULL AS preparing, a.pages, a.language, a.revision
  FROM act a JOIN filing f ON f.id = a.filing_id LEFT JOIN app_user p ON p.id = a.prepared_by LEFT JOIN app_user s ON s.id = a.signed_by`;

/** What a list of acts is read with. */
export type ActLook = { readonly reference: Reference; readonly now: string };

/** The acts before one judge, what is due first on top; signed ones newest first. */
export function listActs(read: Reading, context: ActLook, judgeId: string, view: 'to-sign' | 'signed'): ActSummary[] {
  const rows = read.all<Row>(
    `${SELECT} WHERE coalesce(a.judge_id, f.judge_id) = ? AND ${view === 'to-sign' ? "a.state = 'draft' AND a.handed_at IS NOT NULL ORDER BY f.due_at IS NULL, f.due_at, a.prepared_at" : "a.state <> 'draft' ORDER BY a.signed_at DESC"}`,
    judgeId,
  );
  return rows.map((r) => toSummary(r, context));
}

export function actsOfFiling(read: Reading, context: ActLook, filingId: string): ActSummary[] {
  return read.all<Row>(`${SELECT} WHERE a.filing_id = ? ORDER BY a.prepared_at`, filingId).map((r) => toSummary(r, context));
}

/** One act of this judge; acts of others are not found. */
export function actOfJudge(read: Reading, context: ActLook, judgeId: string, id: string): Result<ActSummary> {
  const row = read.get<Row>(`${SELECT} WHERE a.id = ? AND coalesce(a.judge_id, f.judge_id) = ? AND a.handed_at IS NOT NULL`, id, judgeId);
  return row ? ok(toSummary(row, context)) : fail('not-found');
}

function toSummary({ draftSha256, reviewedSha256, reviewedBy, judgeId, signedSha256, ...rest }: Row, context: ActLook): ActSummary {
  const read = reviewedBy === judgeId ? reviewedSha256 : null;
  return {
    ...rest,
    sha256: signedSha256 ?? draftSha256,
    setAside: rest.setAside === 1,
    sentBack: rest.sentBack === 1,
    preparing: rest.preparing === 1,
    reviewed: read === draftSha256,
    changedSinceReview: read !== null && read !== draftSha256,
    courtDaysLeft: rest.dueAt ? courtDaysLeft(context.reference.calendarOn(courtDayOf(context.now)), context.now, rest.dueAt) : null,
  };
}

/** The judge has read exactly these bytes: every page was displayed, or the judge states so. */
export function reviewAct(
  parts: { store: Store; clock: () => string },
  request: { id: string; revision: number; sha256: string; actor: string; by?: 'pages' | 'statement' },
): Result<null> {
  return parts.store.write((tx) => {
    const act = readAct(tx, request.id);
    if (act?.judgeId !== request.actor) return fail('not-found');
    if (act.state !== 'draft') return fail('move-not-allowed', { state: act.state });
    if (!act.handed) return fail('act-in-preparation');
    if (act.draftSha256 !== request.sha256) return fail('act-changed');
    if (act.revision !== request.revision) return fail('stale-revision');
    tx.run(
      'UPDATE act SET reviewed_sha256 = ?, reviewed_by = ?, revision = revision + 1 WHERE id = ?',
      ...[request.sha256, request.actor, request.id],
    );
    tx.journal({
      at: parts.clock(),
      actor: request.actor,
      action: 'act.reviewed',
      subject: act.filingId,
      details: { act: request.id, sha256: request.sha256, by: request.by ?? 'statement' },
    });
    return ok(null);
  });
}
