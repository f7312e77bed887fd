import type { Decision } from '../../shared/domain/decision.ts';
import { decisionOf, rulingOf } from '../../shared/domain/decision.ts';
import type { ChosenGround, SentBackDraft, TransferTo } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion, versionsOf } from './act-versions.ts';
import { checkedReasons, isSame, keepDraft, rulingOn } from './decide-filing.ts';
import { drawDraft } from './draw-draft.ts';
import { readAct, type ActRecord } from './read-acts.ts';

type Seen = { readonly actId: string; readonly revision: number; readonly actor: string };
const ACTIONS = { 'sent-back': 'act.sent-back', answered: 'act.answered', 'taken-back': 'act.taken-back' } as const;
type WordKind = keyof typeof ACTIONS;

/**
 * The judge sends a draft back to the office with a question or a comment; until it is answered or taken back it cannot be signed.
 * Errors: `not-found`, `stale-revision`, `move-not-allowed`, `act-sent-back` when it is with the office already, `input-invalid`.
 */
export function sendBackAct(parts: ActsParts, { comment, ...seen }: Seen & { comment: string }): Result<null> {
  if (comment.trim() === '') return fail('input-invalid', { field: 'comment' });
  return parts.store.write((tx) => {
    const act = draftOfJudge(tx, seen);
    if (!act.ok) return act;
    if (act.value.sentBack) return fail('act-sent-back');
    if (!act.value.handed) return fail('act-in-preparation');
    const at = parts.clock();
    tx.run('UPDATE act SET sent_back_at = ?, revision = revision + 1 WHERE id = ?', at, seen.actId);
    say(tx, act.value, { kind: 'sent-back', text: comment.trim(), actor: seen.actor, at });
    return ok(null);
  });
}

/** The judge goes on without an answer. */
export function takeBackAct(parts: ActsParts, seen: Seen): Result<null> {
  return parts.store.write((tx) => {
    const act = draftOfJudge(tx, seen);
    if (!act.ok) return act;
    if (!act.value.sentBack) return fail('move-not-allowed', { state: act.value.state });
    tx.run('UPDATE act SET sent_back_at = NULL, revision = revision + 1 WHERE id = ?', seen.actId);
    say(tx, act.value, { kind: 'taken-back', text: '', actor: seen.actor, at: parts.clock() });
    return ok(null);
  });
}

export type AnswerRequest = Seen & {
  readonly answer: string;
  /** Another proposal, drawn anew; null leaves the draft as it is. */
  readonly change: {
    readonly decision: Decision;
    readonly grounds: readonly ChosenGround[];
    readonly transferTo: TransferTo | null;
  } | null;
};

/** The office answers, with the draft as it was or drawn anew, and the draft is before the judge again. */
export async function answerAct(parts: ActsParts, { answer, change, ...seen }: AnswerRequest): Promise<Result<null>> {
  if (answer.trim() === '') return fail('input-invalid', { field: 'answer' });
  const open = sentBackDraft(parts.store.read, seen);
  if (!open.ok) return open;
  const at = parts.clock();
  const redrawn = change === null ? ok(null) : await redraw(parts, open.value, change, at);
  if (!redrawn.ok) return redrawn;
  return parts.store.write((tx) => {
    const act = sentBackDraft(tx, seen);
    if (!act.ok) return act;
    const filing = readFiling(tx, act.value.filingId)!;
    if (redrawn.value !== null) {
      const { sha256, pages, kind, reasons } = redrawn.value;
      keepDraft(tx, { actId: seen.actId, filing, kind, at, actor: seen.actor, isNew: false, sha256, pages });
      addVersion(tx, seen.actId, { ...reasons, sha256, pages, kind, madeBy: seen.actor, madeAt: at, why: 'answered' });
    }
    tx.run('UPDATE act SET sent_back_at = NULL, revision = revision + 1 WHERE id = ?', seen.actId);
    say(tx, act.value, { kind: 'answered', text: answer.trim(), actor: seen.actor, at });
    return ok(null);
  });
}

async function redraw(parts: ActsParts, act: ActRecord, change: NonNullable<AnswerRequest['change']>, at: string) {
  if (decisionOf(act.kind) === null) return fail('input-invalid', { field: 'change' });
  const filing = readFiling(parts.store.read, act.filingId)!;
  const reasons = checkedReasons(parts, filing, change, at);
  if (!reasons.ok) return reasons;
  const kind = rulingOf(change.decision);
  const last = versionsOf(parts.store.read, act.id).at(-1);
  if (last?.kind === kind && isSame(last, reasons.value)) return ok(null);
  const drawn = await drawDraft(parts, { ...rulingOn(filing), actId: act.id, kind, reasons: reasons.value, at });
  return drawn.ok ? ok({ ...drawn.value, kind, reasons: reasons.value }) : drawn;
}

function draftOfJudge(read: Reading, { actId, revision, actor }: Seen): Result<ActRecord> {
  const act = readAct(read, actId);
  if (act?.judgeId !== actor) return fail('not-found');
  return asSeen(act, revision);
}

function sentBackDraft(read: Reading, { actId, revision }: Seen): Result<ActRecord> {
  const act = readAct(read, actId);
  if (!act) return fail('not-found');
  if (!act.sentBack) return fail('move-not-allowed', { state: act.state });
  return asSeen(act, revision);
}

function asSeen(act: ActRecord, revision: number): Result<ActRecord> {
  if (act.state !== 'draft') return fail('move-not-allowed', { state: act.state });
  return act.revision === revision ? ok(act) : fail('stale-revision');
}

type Word = { readonly kind: WordKind; readonly text: string; readonly actor: string; readonly at: string };

/** Keeps a word of the talk and tells the journal that it was said, in the transaction of what it does; what was said stays in the talk alone. */
function say(tx: Writing, { id, filingId }: ActRecord, { kind, text, actor, at }: Word): void {
  const next = tx.get<{ number: number; version: number }>(
    `SELECT (SELECT coalesce(max(number), 0) + 1 FROM act_word WHERE act_id = a.id) AS number,
       (SELECT max(number) FROM act_version WHERE act_id = a.id) AS version FROM act a WHERE a.id = ?`,
    id,
  )!;
  tx.run(
    'INSERT INTO act_word (act_id, number, kind, text, by_user, at, version) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[id, next.number, kind, text, actor, at, next.version],
  );
  tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filingId);
  tx.journal({ at, actor, action: ACTIONS[kind], subject: filingId, details: { act: id, word: next.number } });
}

/** What was said about a draft, in order; `version` is the text that was there then. */
export function talkOf(read: Reading, actId: string): { kind: WordKind; text: string; by: string; at: string; version: number }[] {
  return read.all(
    `SELECT w.kind, w.text, coalesce(u.name, '') AS by, w.at, w.version FROM act_word w LEFT JOIN app_user u ON u.id = w.by_user
     WHERE w.act_id = ? ORDER BY w.number`,
    actId,
  );
}

/** Drafts that wait for the office, the longest first. */
export function sentBackDrafts(read: Reading): SentBackDraft[] {
  return read.all<SentBackDraft>(
    `SELECT a.id AS actId, a.filing_id AS filingId, a.kind, a.title, coalesce(f.case_number, f.joins_case, f.incoming_number) AS number, f.claimant,
       a.sent_back_at AS at, coalesce(j.name, '') AS judge,
       (SELECT w.text FROM act_word w WHERE w.act_id = a.id AND w.kind = 'sent-back' ORDER BY w.number DESC LIMIT 1) AS comment
     FROM act a JOIN filing f ON f.id = a.filing_id LEFT JOIN app_user j ON j.id = coalesce(a.judge_id, f.judge_id)
     WHERE a.sent_back_at IS NOT NULL ORDER BY a.sent_back_at`,
  );
}
